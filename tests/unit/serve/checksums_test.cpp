#include "serve/checksums.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

void put(const Scratch& scratch, const std::string& module, const std::string& version) {
  const std::string base = "tree/" + module + "/@v/" + version;
  scratch.file(base + ".zip", "not looked at");
  scratch.file(base + ".ziphash", "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  scratch.file(base + ".mod", "module m\n");
}

ChecksumDatabase database(const Scratch& scratch) {
  std::vector<ServedTree> trees;
  trees.emplace_back(scratch / "tree");
  Silent silent;
  return {trees, silent};
}

}  // namespace

TEST_CASE("an empty tree has an empty database") {
  const Scratch scratch;
  scratch.directory("tree");
  const ChecksumDatabase empty = database(scratch);
  CHECK(empty.empty());
  CHECK_FALSE(empty.answer("lookup/example.com/m@v1.0.0"));
  CHECK_FALSE(empty.answer("tile/8/0/000.p/1"));
}

TEST_CASE("records are looked up by their escaped names, and their text is not") {
  const Scratch scratch;
  put(scratch, "example.com/!upper", "v1.0.0");
  const ChecksumDatabase one = database(scratch);
  const std::optional<std::string> found = one.answer("lookup/example.com/!upper@v1.0.0");
  REQUIRE(found);
  CHECK(contains(*found,
                 "0\nexample.com/Upper v1.0.0 h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
                 "example.com/Upper v1.0.0/go.mod h1:"));
  CHECK(contains(*found, "go.sum database tree\n1\n"));
  CHECK(contains(*found, "\n\xe2\x80\x94 " + one.name() + " "));
  CHECK_FALSE(one.answer("lookup/example.com/Upper@v1.0.0"));
  CHECK_FALSE(one.answer("lookup/"));
  CHECK(one.answer("supported") == "");
}

TEST_CASE("tiles are those of the tree's size, and no others") {
  const Scratch scratch;
  for (int i = 0; i < 260; ++i) put(scratch, "example.com/m" + std::to_string(i), "v1.0.0");
  const ChecksumDatabase many = database(scratch);
  CHECK(many.size() == 260);
  CHECK(many.answer("tile/8/0/000").value_or("").size() == 256 * 32);
  CHECK(many.answer("tile/8/0/001.p/4").value_or("").size() == 4 * 32);
  CHECK(many.answer("tile/8/1/000.p/1").value_or("").size() == 32);
  for (const std::string bad : {"tile/8/0/001.p/5", "tile/8/0/001", "tile/8/1/000", "tile/8/1/000.p/2",
                                "tile/8/0/000.p/0", "tile/8/0/000.p/256", "tile/7/0/000", "tile/8/9/000",
                                "tile/8/0/0", "tile/8/0/x999/999", "tile/8/0/-01", "tile/8", "tile/",
                                "tile/8/0/000.p", "tile/8/0/000.p/1/2", "tile/8/0/99999999999999999999"}) {
    CAPTURE(bad);
    CHECK_FALSE(many.answer(bad));
  }
}

TEST_CASE("the same modules have the same name and key, others others") {
  const Scratch scratch;
  put(scratch, "example.com/m", "v1.0.0");
  const std::string first = database(scratch).verifier();
  CHECK(database(scratch).verifier() == first);
  put(scratch, "example.com/m", "v1.0.1");
  CHECK(database(scratch).verifier() != first);
}

TEST_CASE("one bad zip is one bad zip: it is named, and the others are served") {
  const Scratch scratch;
  put(scratch, "example.com/good", "v1.0.0");
  scratch.file("tree/example.com/bad/@v/v1.0.0.zip", "not a zip");
  scratch.file("tree/example.com/bad/@v/v1.0.0.mod", "module bad\n");
  put(scratch, "example.com/worse", "v1.0.0");
  scratch.file("tree/example.com/worse/@v/v1.0.0.ziphash", std::string(1000, 'h'));
  const ChecksumDatabase rest = database(scratch);
  CHECK(rest.size() == 1);
  REQUIRE(rest.left_out().size() == 2);
  CHECK(rest.left_out()[0].zip == (scratch / "tree/example.com/bad/@v/v1.0.0.zip").string());
  CHECK(rest.answer("lookup/example.com/good@v1.0.0"));
  CHECK_FALSE(rest.answer("lookup/example.com/bad@v1.0.0"));
}
