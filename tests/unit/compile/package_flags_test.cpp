#include "compile/package_flags.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {

using Texts = std::vector<std::string>;

const PackageId named{"example.com/a", "/src/a", false, true};
const PackageId runtime{"runtime", "/go/src/runtime", true, false};

}  // namespace

TEST_CASE("flags are split at spaces, and quotes hold a field together") {
  CHECK(split_quoted("  -N\t-l ") == Texts{"-N", "-l"});
  CHECK(split_quoted("'-X main.a=b c' \"-d=x y\"") == Texts{"-X main.a=b c", "-d=x y"});
  CHECK(split_quoted("-X=a'b c'") == Texts{"-X=a'b", "c'"});  // quotes inside of a field do not count
  CHECK(split_quoted("").empty());
  CHECK(testing::contains(testing::error_of([] { split_quoted("'-N"); }), "quote is not closed"));
}

TEST_CASE("three dots match any string, and at the end nothing too") {
  CHECK(matches_pattern("net/...", "net"));
  CHECK(matches_pattern("net/...", "net/http"));
  CHECK_FALSE(matches_pattern("net/...", "network"));
  CHECK(matches_pattern("net...", "network"));
  CHECK(matches_pattern("...http", "net/http"));
  CHECK(matches_pattern("a...c...e", "abcde"));
  CHECK_FALSE(matches_pattern("a...c...f", "abcde"));
  CHECK(matches_pattern("...", "anything/at/all"));
  CHECK_FALSE(matches_pattern("fmt", "fmt/x"));
}

TEST_CASE("three dots do not match an element called vendor, unless it is the last or is named") {
  CHECK_FALSE(matches_pattern("...", "a/vendor/b"));
  CHECK(matches_pattern("...", "a/vendor"));
  CHECK(matches_pattern("a/vendor/...", "a/vendor/b"));
  CHECK(matches_pattern("a/vendor/...", "a/vendor"));
}

TEST_CASE("flags without a pattern are for what stands on the command line") {
  PackageFlags flags;
  CHECK_FALSE(flags.given());
  flags.add("gcflags", "-N -l", "/src");
  CHECK(flags.given());
  CHECK(flags.of(named) == Texts{"-N", "-l"});
  CHECK(flags.of(runtime).empty());
}

TEST_CASE("the last pattern that matches counts, and build information gets the last as it was given") {
  PackageFlags flags;
  flags.add("gcflags", "all=-B", "/src");
  flags.add("gcflags", " runtime = -N ", "/src");
  CHECK(flags.of(runtime) == Texts{"-N"});
  CHECK(flags.of(named) == Texts{"-B"});
  CHECK(flags.raw() == " runtime = -N ");
  flags.add("gcflags", "", "/src");  // takes back what the named packages had
  CHECK(flags.of(named).empty());
  CHECK(flags.of(runtime) == Texts{"-N"});
}

TEST_CASE("std, cmd and directories are patterns too") {
  PackageFlags flags;
  flags.add("asmflags", "std=-S", "/src");
  CHECK(flags.of(runtime) == Texts{"-S"});
  CHECK(flags.of(named).empty());
  flags.add("asmflags", "./...=-I x", "/src");
  CHECK(flags.of(named) == Texts{"-I", "x"});
  flags.add("asmflags", "./a=-D y", "/src");
  CHECK(flags.of(named) == Texts{"-D", "y"});
  flags.add("asmflags", "../src/b/...=-D z", "/src");
  CHECK(flags.of(named) == Texts{"-D", "y"});
  flags.add("asmflags", "cmd=-D c", "/src");
  CHECK(flags.of({"cmd/go", "/go/src/cmd/go", true, false}) == Texts{"-D", "c"});
}

TEST_CASE("what is neither flags nor a pattern is refused with an example") {
  PackageFlags flags;
  for (const char* bad : {"N", "=-N", "'a'=-N"}) {
    const std::string error = testing::error_of([&] { flags.add("gcflags", bad, "/"); });
    CHECK(testing::contains(error, "--gcflags 'runtime=-B'"));
  }
}

TEST_CASE("tags are split at commas, or as in a shell where there are spaces or quotes") {
  using Tags = std::vector<std::string>;
  CHECK(split_tags("a,b,,c") == Tags{"a", "b", "c"});
  CHECK(split_tags("a b") == Tags{"a", "b"});
  CHECK(split_tags("'a,b' c") == Tags{"a,b", "c"});
  CHECK(split_tags("").empty());
}
