#include "support/atomic_file.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::size_t files_in(const fs::path& directory) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("what is there stays until the new file is whole") {
  const Scratch scratch;
  const fs::path place = scratch.file("place", "old");
  AtomicFile file(place);
  file.write("n");
  file.write("ew");
  CHECK(read_file(place) == "old");
  CHECK(read_file(file.temporary()) == "new");
  file.commit();
  CHECK(read_file(place) == "new");
  CHECK(files_in(place.parent_path()) == 1);
}

TEST_CASE("what is not committed leaves nothing") {
  const Scratch scratch;
  const fs::path place = scratch.file("place", "old");
  {
    AtomicFile file(place);
    file.write("new");
    CHECK(files_in(place.parent_path()) == 2);
    CHECK(file.temporary().extension() == AtomicFile::ending);
  }
  CHECK(read_file(place) == "old");
  CHECK(files_in(place.parent_path()) == 1);
}

TEST_CASE("an empty file is written by writing nothing") {
  const Scratch scratch;
  AtomicFile file(scratch / "place");
  file.write("");
  file.commit();
  CHECK(fs::is_empty(scratch / "place"));
}

TEST_CASE("a name may be known in the end only") {
  const Scratch scratch;
  {
    AtomicFile file(scratch / "unnamed");
    file.write("text");
    file.commit_as(scratch / "named");
  }
  CHECK(read_file(scratch / "named") == "text");
  CHECK(files_in(scratch.path()) == 1);
}

TEST_CASE("a link takes its place at once, also where it is the same file already") {
  const Scratch scratch;
  const fs::path from = scratch.file("from", "text");
  fs::create_hard_link(from, scratch / "to");
  {
    AtomicFile file(scratch / "to");
    fs::create_hard_link(from, file.temporary());
    file.commit();
  }
  CHECK(fs::equivalent(from, scratch / "to"));
  CHECK(files_in(scratch.path()) == 2);
}

TEST_CASE("an error says what was done") {
  const Scratch scratch;
  CHECK(contains(error_of([&] { AtomicFile(scratch / "nothing" / "place").write(""); }),
                 "cannot write " + (scratch / "nothing" / "place").string() + ": No such file"));
  CHECK(contains(error_of([&] { AtomicFile(scratch / "link", "make the link X").commit(); }),
                 "cannot make the link X: No such file"));
  CHECK(contains(error_of([&] {
                   AtomicFile file(scratch / "file");
                   file.write("");
                   file.commit_as(scratch / "nothing" / "place");
                 }),
                 "cannot write " + (scratch / "nothing" / "place").string()));
}
