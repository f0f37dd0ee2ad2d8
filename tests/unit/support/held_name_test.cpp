#include "support/held_name.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// A directory with a file in it, of that name.
fs::path put(const Scratch& scratch, const std::string& name) {
  scratch.file(name + "/file", "");
  return scratch / name;
}

}  // namespace

TEST_CASE("a held name tells who made it, and of what") {
  const std::string held = held_name("out");
  CHECK(held.starts_with(".out.partial-" + std::to_string(::getpid()) + "-"));
  CHECK(maker_of(held, "out") == ::getpid());
  CHECK(maker_of(held, "") == ::getpid());
  CHECK_FALSE(maker_of(held, "other").has_value());
}

TEST_CASE("nobody can guess a held name, not even who made the last") {
  CHECK(held_name("out") != held_name("out"));
}

TEST_CASE("a name that is as long as names may be still fits, and is known again") {
  const std::string name(255, 'x');
  const std::string held = held_name(name);
  CHECK(held.size() <= 255);
  CHECK(maker_of(held, name) == ::getpid());
  CHECK_FALSE(maker_of(held, std::string(189, 'x')).has_value());
}

TEST_CASE("a name with marks of its own in it is known by the last") {
  CHECK(maker_of(held_name(".x.partial-1"), ".x.partial-1") == ::getpid());
}

TEST_CASE("what a user could have called so is no name of ours") {
  const std::string held = held_name("out");
  std::string other = held;
  other.back() = other.back() == '0' ? '1' : '0';
  for (const std::string& name :
       {other, held.substr(1), held + "x", held.substr(0, held.rfind('-')), std::string(), std::string("."),
        std::string(".out.partial-1"), std::string(".out.partial-"), std::string("out")})
    CHECK_MESSAGE(!maker_of(name, ""), name);
}

TEST_CASE("what nobody holds any more is removed, of one name or of all") {
  const Scratch scratch;
  const fs::path one = put(scratch, held_name("one"));
  const fs::path two = put(scratch, held_name("two"));
  remove_left(scratch.path(), "one");
  CHECK_FALSE(fs::exists(one));
  CHECK(fs::exists(two));
  remove_left(scratch.path(), "");
  CHECK_FALSE(fs::exists(two));
}

TEST_CASE("what somebody holds stays") {
  const Scratch scratch;
  const fs::path held = put(scratch, held_name("out"));
  const Fd lock(::open(held.c_str(), O_RDONLY | O_CLOEXEC));
  REQUIRE(::flock(lock.get(), LOCK_EX | LOCK_NB) == 0);
  remove_left(scratch.path(), "");
  CHECK(fs::exists(held / "file"));
}

TEST_CASE("a user's own stays, whatever it is called") {
  const Scratch scratch;
  put(scratch, ".out.partial-mine");
  put(scratch, "out");
  scratch.link(held_name("link"), "out");
  remove_left(scratch.path(), "", Ground::own);
  CHECK(fs::exists(scratch / ".out.partial-mine"));
  CHECK(fs::exists(scratch / "out/file"));
  CHECK(std::distance(fs::directory_iterator(scratch.path()), {}) == 3);
}

TEST_CASE("what earlier gostraps left, without a check, is removed on ground of our own alone") {
  const Scratch scratch;
  const fs::path earlier = put(scratch, ".out.partial-999999999");
  const fs::path again = put(scratch, ".out.partial-999999999-2");
  remove_left(scratch.path(), "");
  CHECK(fs::exists(earlier));
  remove_left(scratch.path(), "", Ground::own);
  CHECK_FALSE(fs::exists(earlier));
  CHECK_FALSE(fs::exists(again));
}

TEST_CASE("a directory that is not there has nothing left in it") {
  const Scratch scratch;
  CHECK_NOTHROW(remove_left(scratch / "none", ""));
}
