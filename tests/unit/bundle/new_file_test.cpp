#include "bundle/new_file.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

struct Room {
  Scratch scratch;
  std::shared_ptr<const Fd> fd =
      std::make_shared<const Fd>(::open(scratch.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));

  NewFile file(const std::string& name, const std::string& content, bool executable = false) const {
    Item item;
    item.type = Item::Type::file;
    item.path = "somewhere/" + name;
    item.executable = executable;
    item.digest = sha256(content);
    return {fd, scratch / name, item};
  }
  unsigned mode(const std::string& name) const {
    struct stat status = {};
    REQUIRE(::stat((scratch / name).c_str(), &status) == 0);
    return status.st_mode & 0777U;
  }
};

}  // namespace

TEST_CASE("a new file has the bytes that were foretold, and is read-only") {
  const Room place;
  NewFile file = place.file("a", "one two");
  CHECK_FALSE(fs::exists(place.scratch / "a"));
  file.write("one ");
  file.write("two");
  file.close("bundle");
  CHECK(read_file(place.scratch / "a") == "one two");
  CHECK(place.mode("a") == 0444);
  NewFile program = place.file("run", "", true);
  program.close("bundle");
  CHECK(place.mode("run") == 0555);
}

TEST_CASE("a new file with other bytes is refused, and so is one over another") {
  const Room place;
  NewFile file = place.file("a", "one");
  file.write("two");
  const std::string error = error_of([&] { file.close("bundle"); });
  CHECK(contains(error, "read bundle"));
  CHECK(contains(error, "is not what its index says"));
  place.scratch.file("there", "mine");
  CHECK_FALSE(error_of([&] { place.file("there", "x").write("x"); }).empty());
  CHECK(read_file(place.scratch / "there") == "mine");
}
