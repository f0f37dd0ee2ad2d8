#include "tlog/checkpoint.hpp"

#include "samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string refused(const std::string& text) {
  return error_of([&] { parse_tree_head(text, log_key, "FILE"); });
}

const std::string root = base64(std::string(32, 'r')) + "\n";

}  // namespace

TEST_CASE("numbers of logs are decimal, and have one form") {
  CHECK(log_number("0", 10) == 0);
  CHECK(log_number("9", 10) == 9);
  CHECK_FALSE(log_number("10", 10));
  for (const char* text : {"", "01", "+1", "-1", " 1", "1 ", "0x1", "1e3", "99999999999999999999"})
    CHECK_FALSE(log_number(text, largest_tree));
}

TEST_CASE("a tree's head is read, of a checksum database and of other logs") {
  const TreeHead head = parse_tree_head("go.sum database tree\n17\n" + root, log_key, "FILE");
  CHECK(head.size == 17);
  CHECK(bytes_of(head.root) == std::string(32, 'r'));
  CHECK(parse_tree_head("unit.example\n17\n" + root + "further lines\n", log_key, "FILE") == head);
}

TEST_CASE("what is no tree's head is refused with file and reason") {
  CHECK(contains(refused(""), "FILE: it has not the three lines"));
  CHECK(contains(refused("go.sum database tree\n17\n" + without_end(root)), "three lines"));
  CHECK(contains(refused("other.example\n17\n" + root), "which is not the log unit.example"));
  CHECK(contains(refused("go.sum database tree v2\n17\n" + root), "which is not the log"));
  CHECK(contains(refused("go.sum database tree\n017\n" + root), "not the size of a tree"));
  CHECK(contains(refused("go.sum database tree\n-1\n" + root), "not the size of a tree"));
  CHECK(contains(refused("go.sum database tree\n4611686018427387904\n" + root), "not the size of a tree"));
  CHECK(contains(refused("go.sum database tree\n17\n" + base64(std::string(31, 'r')) + "\n"),
                 "base64 of a SHA-256"));
  CHECK(contains(refused("go.sum database tree\n17\nr\n"), "base64 of a SHA-256"));
  CHECK(contains(refused("go.sum database tree\n0\n" + root), "an empty tree has another root"));
  CHECK(refused("go.sum database tree\n0\n" + base64(bytes_of(sha256(""))) + "\n").empty());
}
