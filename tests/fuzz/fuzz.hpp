// What the fuzz targets share. A target feeds a reader of untrusted input with whatever libFuzzer invents:
// the reader may throw Error and nothing else, and may not leave its directory.
#pragma once

#include "archive/tree_writer.hpp"
#include "archive/untrusted_name.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/stage.hpp"

#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace gostrap::fuzz {

/// Runs it; true when it threw no Error.
template <class Read>
bool accepted(Read&& read) {
  try {
    read();
    return true;
  } catch (const Error& error) {
    if (std::string_view(error.what()).empty()) std::abort();  // who refuses says why
    return false;
  }
}

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "this does not hold: %s\n", what);
  std::abort();
}

/// Small, so that a target does not spend its time on writing.
inline Limits small_limits() {
  Limits limits;
  limits.bytes = 1U << 20U;
  limits.entries = 200;
  limits.depth = 20;
  return limits;
}

/// A directory in a box in which nothing else may appear.
class Box {
 public:
  Box() { make_directories(destination()); }
  ~Box() { remove_tree(box()); }
  Box(const Box&) = delete;
  Box& operator=(const Box&) = delete;

  fs::path destination() const { return box() / "destination"; }

  /// Nothing outside, no device, no set-uid bit, and no link that leads out.
  void check() const {
    std::size_t there = 0;
    for ([[maybe_unused]] const auto& each : fs::directory_iterator(box())) ++there;
    require(there == 1, "nothing is written outside of the destination");
    for (const TreeEntry& entry : list_tree(destination())) {  // refuses devices and fifos
      struct stat status = {};
      require(::lstat((destination() / entry.path).c_str(), &status) == 0, "a tree can be listed");
      require((status.st_mode & 07000U) == 0, "there is no set-uid bit");
      if (entry.type == TreeEntry::Type::symlink) {
        const std::string target = fs::read_symlink(destination() / entry.path).string();
        require(why_unsafe_link(entry.path, target).empty(), "no link leads out");
      }
    }
  }

 private:
  static const fs::path& box() {
    static const TemporaryDirectory place;
    static const fs::path path = place.path() / "box";
    return path;
  }
};

}  // namespace gostrap::fuzz

/// The entry point that libFuzzer calls; each target defines it by FUZZ(input) { … }.
#define FUZZ(input)                                                                    \
  static void fuzz_one(std::string_view input);                                        \
  extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) { \
    fuzz_one({reinterpret_cast<const char*>(data), size});                             \
    return 0;                                                                          \
  }                                                                                    \
  static void fuzz_one(std::string_view input)
