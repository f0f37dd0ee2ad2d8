// The NAR hash of a tree: Nix's serialisation of files, x bits, links and names, hashed. It is the identity
// of a source and of an output, on whatever file system and in whatever way it came to be.
#pragma once

#include "support/hash.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace gostrap {

/// Called for each regular file, in tree order, with its path below the root and the hash of its content.
using FileHashed = std::function<void(const std::string& path, const Digest& content, bool executable)>;
/// Called for each symbolic link, in tree order, with its path and target.
using LinkSeen = std::function<void(const std::string& path, const std::string& target)>;

struct NarHash {
  Digest digest;
  std::uint64_t size = 0;  ///< bytes of the serialisation
};

/// Hashes the tree (or the one file) at `root`. One thread reads ahead while this one hashes. With
/// `each_file` the files' own hashes are computed too, by the reading thread.
NarHash nar_hash(const std::filesystem::path& root, const FileHashed& each_file = {},
                 const LinkSeen& each_link = {});

}  // namespace gostrap
