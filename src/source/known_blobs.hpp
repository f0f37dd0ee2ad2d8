// What upstream ships ready-made in Go's tree: each kind of it that is known, what it is for, what takes it,
// and where upstream says that it comes from.
#pragma once

#include "support/hash.hpp"

#include <filesystem>
#include <string>

namespace gostrap {

/// Where the bytes of a file can end up.
enum class BlobUse {
  program,    ///< in a program that is linked with it
  run_time,   ///< nowhere: programs may read the file while they run
  toolchain,  ///< in no file as they are, but they have a say in what the toolchain's programs become
  nothing,    ///< nowhere
  tests,      ///< nowhere but in tests of Go's own
  unknown,
};
std::string text(BlobUse use);  ///< "program", "run time"

struct KnownBlob {
  const char* path;  ///< below the source, with * for what has no '/' in it
  BlobUse use;
  const char* what;      ///< that it is
  const char* taken_by;  ///< what links or reads it
  /// Where upstream says that it comes from, by what stands beside it in `tree`; empty where it says nothing.
  std::string (*origin)(const std::filesystem::path& tree, const std::string& path, const Digest& digest);
};

/// Null where nobody here knows the file.
const KnownBlob* known_blob(const std::string& path);

/// Whether it lies where the go command looks for no packages: below testdata, or in the tree's own test/.
bool is_for_tests(const std::string& path);

}  // namespace gostrap
