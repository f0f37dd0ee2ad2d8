// Every file of a source tree that no compiler makes of text here, found by what is in it: a build that is
// the same bit by bit says nothing of what was brought ready-made.
#pragma once

#include "source/known_blobs.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct Blob {
  std::string path;  ///< below the tree
  std::string form;  ///< "ELF object or program", "zip", or why it is no text: "NUL bytes"
  std::uint64_t size = 0;
  Digest sha256{};
  BlobUse use = BlobUse::unknown;
  std::string what, taken_by, origin;  ///< each empty where nobody here knows
};

struct BlobSearch {
  std::vector<Blob> blobs;     ///< in the order of their paths
  std::uint64_t files = 0;     ///< that were looked at
  std::uint64_t compiled = 0;  ///< of a toolchain: in bin and pkg, where go build puts what it makes
};

/// Why a file is no text that a compiler could read: its form. Empty for text.
std::string form_of_blob(std::string_view content);

/// Looks through a source tree or a GOROOT (one with bin/go in it). A file counts when it has NUL bytes, is
/// not UTF-8, begins as an archive or object does, or has a name that the go command links as it is
/// (*.syso). What lies below testdata is the tests', unless a file of Go that is no test embeds it.
BlobSearch find_blobs(const std::filesystem::path& tree);

}  // namespace gostrap
