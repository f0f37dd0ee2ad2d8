#include "source/patch_moves.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const char* const old_path = "src/runtime/internal/sys/arch_amd64.go";

std::string now(const Scratch& scratch, const std::string& path, const std::string& lines) {
  return where_it_is_now(scratch.path(), path,
                         "--- a/" + path + "\n+++ b/" + path + "\n@@ -1,2 +1,2 @@\n" + lines);
}

}  // namespace

TEST_CASE("a constant that has moved is found where it is defined now, that of the same port first") {
  const Scratch scratch;
  scratch.file("src/internal/goarch/goarch_386.go", "const (\n\t_PCQuantum = 1\n)\n");
  scratch.file("src/internal/goarch/goarch_amd64.go", "const (\n\t_PCQuantum           = 1\n)\n");
  scratch.file("src/internal/cpu/cpu_x86.go", "const CacheLinePadSize = 64\n");
  scratch.file("src/internal/cpu/cpu_arm64.go", "const CacheLinePadSize = 128\n");
  CHECK(now(scratch, old_path, "-\tPCQuantum = 1\n+\tPCQuantum = 2\n") ==
        "What it changes is now in src/internal/goarch/goarch_amd64.go.");
  CHECK(now(scratch, old_path, "-\tCacheLineSize = 64\n+\tCacheLineSize = 128\n") ==
        "What it changes is now in src/internal/cpu/cpu_x86.go.");
}

TEST_CASE("a file that has only moved is found by its name") {
  const Scratch scratch;
  scratch.file("src/internal/runtime/sys/nih.go", "package sys\n");
  CHECK(now(scratch, "src/runtime/internal/sys/nih.go", "-type x int\n+type y int\n") ==
        "A file of that name is now src/internal/runtime/sys/nih.go.");
}

TEST_CASE("of what is nowhere nothing is said") {
  const Scratch scratch;
  scratch.file("src/internal/cpu/cpu_x86.go", "const CacheLinePadSize = 64\n");
  CHECK(now(scratch, "src/x/y.go", "-\tNothing = 1\n+\tNothing = 2\n") == "");
  CHECK(now(scratch, "src/x/y.go", "") == "");
}
