#include "bundle/contents.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using gostrap::testing::contains;
using gostrap::testing::error_of;
using gostrap::testing::Scratch;

namespace {

const std::string one = "f\t" + std::string(64, '0') + "\t3\t";

std::string refusal(const std::string& text, const Limits& limits = {}) {
  return error_of([&] { parse_contents(text, "listing", limits); });
}

}  // namespace

TEST_CASE("contents: what was recorded of a tree reads back the same, in the order of a NAR") {
  const Scratch scratch;
  scratch.file("tree/b/c", "hello\n");
  scratch.file("tree/b.txt", "", true);
  scratch.link("tree/b/link", "../b.txt");
  scratch.directory("tree/a");
  const Contents contents = TreeRecorder().record({scratch / "tree"}).front();
  REQUIRE(contents.size() == 5);
  CHECK(contents[1].path == "b");
  CHECK(contents[2].path == "b/c");
  CHECK(contents[4].path == "b.txt");
  CHECK(contents[4].executable);
  CHECK(hex(contents[2].digest) == hex(sha256("hello\n")));
  CHECK(total_size(contents) == 6);
  CHECK(count_files(contents) == 2);
  CHECK(parse_contents(to_text(contents), "listing", Limits()) == contents);
}

TEST_CASE("contents: names of one file are hashed once and are one blob; the x bit makes another") {
  const Scratch scratch;
  scratch.file("tree/a", "same");
  fs::create_hard_link(scratch / "tree/a", scratch / "tree/b");
  scratch.file("tree/c", "same", true);
  const Contents contents = TreeRecorder().record({scratch / "tree"}).front();
  CHECK(blob_key(contents[0]) == blob_key(contents[1]));
  CHECK(blob_key(contents[0]) != blob_key(contents[2]));
}

TEST_CASE("contents: what a bundle cannot hold is not recorded") {
  const Scratch scratch;
  scratch.link("tree", "/nowhere");
  scratch.directory("out");
  scratch.link("out/link", "/etc/passwd");
  CHECK(contains(error_of([&] { TreeRecorder().record({scratch / "out"}); }), "absolute"));
  scratch.file("line/a\nb", "");
  CHECK(contains(error_of([&] { TreeRecorder().record({scratch / "line"}); }), "control characters"));
}

TEST_CASE("contents: the line and the reason stand in the error") {
  CHECK(contains(refusal(one + "a\n" + one + "a\n"), "listing:2: the path \"a\" is there twice"));
  CHECK(contains(refusal(one + "b\n" + one + "a\n"), "out of order"));
  CHECK(contains(refusal(one + "../a\n"), "leads out"));
  CHECK(contains(refusal(one + "a/b\n"), "no directory \"a\" stands before"));
  CHECK(contains(refusal("d\ta\nl\t../../x\ta/l\n"), "points out of"));
  CHECK(contains(refusal(one + "a"), "does not end"));
  CHECK(contains(refusal("z\ta\n"), "none of d, f, x, l"));
  CHECK(contains(refusal(one + "A\n" + one + "a\n"), "case only"));
}

TEST_CASE("contents: names, bytes and depth are bounded") {
  Limits limits;
  limits.entries = 1;
  CHECK(contains(refusal(one + "a\n" + one + "b\n", limits), "--max-entries"));
  limits = {};
  limits.bytes = 5;
  CHECK(contains(refusal(one + "a\n" + one + "b\n", limits), "--max-bytes"));
  limits = {};
  limits.depth = 2;
  CHECK(contains(refusal("d\ta\nd\ta/b\nd\ta/b/c\n", limits), "--max-depth"));
}
