#include "bundle/index.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

BundleEntry modules(const std::string& name, char key) {
  BundleEntry entry;
  entry.name = name;
  entry.kind = Kind::modules;
  entry.key = std::string(32, key);
  entry.files = 3;
  entry.bytes = 20;
  entry.new_bytes = 10;
  entry.contents = part_of("contents");
  entry.provenance = part_of("provenance");
  return entry;
}
BundleEntry sdk(const std::string& name, char key) {
  BundleEntry entry = modules(name, key);
  entry.kind = Kind::sdk;
  entry.release = "1.99.0";
  entry.source = sha256("source");
  entry.port = Port{"linux", "riscv64"};
  entry.hosted_on = Port{"linux", "amd64"};
  return entry;
}

BundleIndex index_of(std::vector<BundleEntry> entries) {
  BundleIndex index;
  index.made_by = "0.1.0";
  index.sbom = part_of("sbom");
  index.releases = part_of("releases");
  index.entries = std::move(entries);
  return index;
}

BundleIndex read(const Json& json) {
  const JsonDocument document(json.dump(), "the index");
  return index_from_json(document.view());
}

/// What is said of an index with an SDK and a tree of modules in it, once something in it was changed.
std::string refusal(const std::function<void(Json& index, Json& sdk)>& change) {
  Json json = to_json(index_of({sdk("one", 'a'), modules("two", 'b')}));
  change(json, json["entries"][0]);
  return error_of([&] { read(json); });
}
/// The same where one field of the SDK has another value.
std::string refusal(const std::string& field, const Json& value) {
  return refusal([&](Json& /*index*/, Json& entry) { entry[field] = value; });
}

}  // namespace

TEST_CASE("an index reads back as it was written") {
  const BundleIndex index = index_of({sdk("one", 'a'), modules("two", 'b')});
  const BundleIndex again = read(to_json(index));
  CHECK(again.entries == index.entries);
  CHECK(again.made_by == "0.1.0");
  CHECK(again.sbom == index.sbom);
  CHECK(again.releases == index.releases);
}

TEST_CASE("a part is known by its size and its hash") {
  CHECK(part_of("abc").size == 3);
  CHECK(part_of("abc").digest == sha256("abc"));
  CHECK(part_of("abc") != part_of("abd"));
}

TEST_CASE("an entry lies in a store under its key and its name") {
  CHECK(modules("tree", 'a').store_name() == std::string(32, 'a') + "-tree");
}

TEST_CASE("what is no index, or one of another schema, is refused") {
  CHECK(contains(refusal([](Json& json, Json&) { json["format"] = "gostrap"; }),
                 "it is not the index of a bundle"));
  for (const Json& schema : {Json(2), Json(0), Json("1"), Json(1.0), Json(nullptr)}) {
    CHECK_MESSAGE(contains(refusal([&](Json& json, Json&) { json["schema"] = schema; }),
                           "this gostrap reads bundles of schema 1 only"),
                  schema.dump());
  }
}

TEST_CASE("every part of it has to be there") {
  for (const char* const key : {"format", "schema", "gostrap", "sbom", "releases", "entries"})
    CHECK_MESSAGE(contains(refusal([&](Json& json, Json&) { json.erase(key); }), key), key);
  for (const char* const key : {"name", "kind", "key", "release", "source", "port", "hostedOn", "files",
                                "bytes", "newBytes", "contents", "provenance"})
    CHECK_MESSAGE(contains(refusal([&](Json&, Json& entry) { entry.erase(key); }), key), key);
}

TEST_CASE("an index of nothing is refused") {
  CHECK(contains(refusal([](Json& json, Json&) { json["entries"] = Json::array(); }), "there is none"));
}

TEST_CASE("a name becomes a directory, and is a plain one") {
  for (const std::string name :
       {"", ".", "..", ".hidden", "-x", "a/b", "a b", "a\nb", "\xc3\xa4", "gostrap-bundle"})
    CHECK_MESSAGE(contains(refusal("name", name), "is not a plain name"), name);
  CHECK(contains(refusal("name", std::string(161, 'x')), "is not a plain name"));
  CHECK(refusal("name", std::string(160, 'x')) == "");
  CHECK(refusal("name", "go1.24.4+a_b-c") == "");
}

TEST_CASE("a key is 32 hexadecimal digits, in small letters") {
  for (const std::string& key :
       {std::string(31, 'a'), std::string(33, 'a'), std::string(32, 'g'), std::string()})
    CHECK_MESSAGE(contains(refusal("key", key), "it should be a key of 32 hexadecimal digits"), key);
}

TEST_CASE("kinds, releases and ports are those that there are, written as gostrap writes them") {
  CHECK(
      contains(refusal("kind", "pie"), "\"pie\" is none of source, host, toolchain, sdk, archives, modules"));
  for (const std::string release : {"", "go1.99.0", "1.99.00", "latest", "../1"})
    CHECK_MESSAGE(contains(refusal("release", release), "it is not a Go version"), release);
  for (const std::string port : {"", "riscv64", "linux", "linux/", "linux/riscv64/", "linux\\riscv64"}) {
    CHECK_MESSAGE(contains(refusal("port", port), "it should be GOOS/GOARCH"), port);
    CHECK_MESSAGE(contains(refusal("hostedOn", port), "it should be GOOS/GOARCH"), port);
  }
  CHECK_FALSE(refusal("source", "sha256-none").empty());
}

TEST_CASE("sizes are counts, and no entry has more new bytes than bytes") {
  for (const std::string field : {"files", "bytes", "newBytes"}) {
    for (const Json& value : {Json(-1), Json("1"), Json(1.5), Json(nullptr)})
      CHECK_MESSAGE(contains(refusal(field, value), "it should be a number of bytes or files"), field);
  }
  CHECK(contains(refusal("newBytes", 21), "it is more than all bytes"));
  CHECK(refusal("newBytes", 20) == "");
}

TEST_CASE("a part's hash is a SHA-256") {
  CHECK(contains(refusal("contents", {{"size", 1}, {"sha256", "abc"}}),
                 "it should be a SHA-256 in hexadecimal"));
}

TEST_CASE("no two entries have one name, also where case does not count, or one key") {
  CHECK(contains(refusal("name", "two"), "there is another entry \"two\""));
  CHECK(contains(refusal("name", "TWO"), "there is another entry \"two\""));
  CHECK(contains(refusal("key", std::string(32, 'b')),
                 "there is another entry with the key " + std::string(32, 'b')));
}
