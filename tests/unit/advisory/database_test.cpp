#include "advisory/database.hpp"

#include "advisory/samples.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::vector<std::string> ids(AdvisoryDatabase& database, const std::set<std::string>& modules) {
  std::vector<std::string> all;
  for (const Advisory& each : database.about(modules)) all.push_back(each.id);
  return all;
}
using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a database answers about modules, with what names them and nothing else") {
  AdvisoryDatabase database;
  database.add("b", osv("GO-2", "stdlib", introduced("0")));
  database.add("a", osv("GO-1", "stdlib", introduced("0")));
  database.add("c", osv("GO-3", "example.com/m", introduced("0")));
  database.add("d", osv("GO-4", "stdlib", introduced("0"), "", R"("withdrawn": "2099-01-01T00:00:00Z",)"));
  CHECK(ids(database, {"stdlib"}) == Ids{"GO-1", "GO-2"});
  CHECK(ids(database, {"example.com/m", "x"}) == Ids{"GO-3"});
  CHECK(ids(database, {"example.com"}).empty());
  CHECK(ids(database, {}).empty());
  CHECK(database.skipped().empty());
}

TEST_CASE("a name that is written otherwise is the same name") {
  AdvisoryDatabase database;
  database.add("a", osv("GO-1", "std\\u006cib", introduced("0")));
  database.add("b", R"({"id": "GO-2", "affected": [{"package": {"name" :
      "stdlib", "ecosystem": "Go"}}]})");
  database.add("c",
               R"({"id": "GO-3", "affected": [{"package": {"n\u0061me": "stdlib", "ecosystem": "Go"}}]})");
  database.add("d", osv("GO-4", "exam\\/ple", introduced("0")));
  CHECK(ids(database, {"stdlib"}) == Ids{"GO-1", "GO-2", "GO-3"});
  CHECK(ids(database, {"exam/ple"}) == Ids{"GO-4"});
}

TEST_CASE("a file that names the module and is no advisory is skipped, and told") {
  AdvisoryDatabase database;
  const std::string name = R"({"name": "stdlib", )";
  database.add("cut.json", name);
  database.add("deep.json", name + R"("x": )" + std::string(1000, '['));
  database.add("twice.json", name + R"("id": "A", "id": "B"})");
  database.add("good.json", osv("GO-1", "stdlib", introduced("0")));
  database.add("again.json", osv("GO-1", "stdlib", introduced("0")));
  database.add("other.json", "no JSON at all, and about nothing");
  database.add("large.json", std::string((std::size_t{4} << 20U) + 1, ' '));
  CHECK(ids(database, {"stdlib"}) == Ids{"GO-1"});
  std::set<std::string> skipped;
  for (const auto& each : database.skipped()) {
    CHECK_FALSE(each.why.empty());
    skipped.insert(each.file);
  }
  CHECK(skipped == std::set<std::string>{"again.json", "cut.json", "deep.json", "large.json", "twice.json"});
}

TEST_CASE("a directory is read wherever its advisories lie, and nowhere else") {
  const std::string advisory = osv("GO-1", "stdlib", introduced("0"));
  for (const char* place : {"", "ID/", "data/osv/"}) {
    CAPTURE(place);
    const Scratch scratch;
    scratch.file(std::string(place) + "GO-1.json", advisory);
    scratch.file("index/modules.json", "[]");
    scratch.file("data/cve/v5/GO-1.json", "{}");
    AdvisoryDatabase database = AdvisoryDatabase::read(scratch.path());
    CHECK(database.size() == 1);
    CHECK(ids(database, {"stdlib"}) == Ids{"GO-1"});
  }
}

TEST_CASE("where there are no advisories at all, that is no database without any") {
  const Scratch scratch;
  CHECK(contains(error_of([&] { AdvisoryDatabase::read(scratch.path()); }), "there are none"));
  scratch.directory("ID");
  scratch.file("x.json", "{}");
  CHECK(contains(error_of([&] { AdvisoryDatabase::read(scratch.path()); }), "there are none"));
  CHECK_FALSE(error_of([&] { AdvisoryDatabase::read(scratch / "nothing"); }).empty());
  scratch.file("file", "no zip");
  CHECK_FALSE(error_of([&] { AdvisoryDatabase::read(scratch / "file"); }).empty());
}

TEST_CASE("a name in the directory that is no file is skipped") {
  const Scratch scratch;
  scratch.file("GO-1.json", osv("GO-1", "stdlib", introduced("0")));
  scratch.directory("dir.json");
  scratch.link("loose.json", "nowhere");
  AdvisoryDatabase database = AdvisoryDatabase::read(scratch.path());
  CHECK(database.size() == 1);
  CHECK(database.skipped().size() == 2);
}
