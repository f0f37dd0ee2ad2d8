#include "bundle/entry_installer.hpp"

#include "bundle/install.hpp"
#include "bundle/samples.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::vector<InstalledEntry> install(const std::string& bytes, const fs::path& directory) {
  BundleReader reader(memory_source(bytes, "the bundle"), bundle_limits());
  reader.read_sbom();
  reader.read_releases();
  const auto place = directory_target(directory);
  place->prepare();
  Silent silent;
  return install_bundle(reader, *place, Voucher::none, Releases(), silent);
}

}  // namespace

TEST_CASE("what is there is left, and what other entries share with it is linked once it was looked at") {
  const Scratch scratch;
  scratch.file("one/a", "shared");
  scratch.file("two/b", "shared");
  const std::string bytes = bundle_of({scratch / "one", scratch / "two"});
  install(bytes, scratch / "out");
  remove_tree(scratch / "out/two");
  fs::remove(scratch / "out/two.provenance.json");
  const auto installed = install(bytes, scratch / "out");
  REQUIRE(installed.size() == 2);
  CHECK(installed[0].was_there);
  CHECK_FALSE(installed[1].was_there);
  CHECK(fs::equivalent(scratch / "out/one/a", scratch / "out/two/b"));
}

TEST_CASE("an entry that is not whole leaves nothing, and those before it stay") {
  const Scratch scratch;
  scratch.file("one/a", "first");
  for (int each = 0; each < 100; ++each)
    scratch.file("two/" + std::to_string(each),
                 std::string(3000, static_cast<char>('0' + each % 10)) + std::to_string(each * 7919));
  scratch.file("two/large", std::string(5'000'000, 'x'));
  const std::string bytes = bundle_of({scratch / "one", scratch / "two"});
  CHECK_FALSE(error_of([&] { install(bytes.substr(0, bytes.size() - 20), scratch / "out"); }).empty());
  std::vector<std::string> left;
  for (const auto& each : fs::directory_iterator(scratch / "out")) left.push_back(each.path().filename());
  std::sort(left.begin(), left.end());
  CHECK(left == std::vector<std::string>{"one", "one.provenance.json"});
}

TEST_CASE("a file of an entry that was there is checked once") {
  const Scratch scratch;
  scratch.file("tree/a", "text");
  const BundleReader reader(memory_source(bundle_of({scratch / "tree"}), "the bundle"), bundle_limits());
  FilesThere files(reader);
  Item item;
  item.type = Item::Type::file;
  item.path = "a";
  item.size = 4;
  item.digest = sha256("text");
  files.check(scratch / "tree/a", item);
  scratch.file("tree/a", "other");
  files.check(scratch / "tree/a", item);
  item.digest = sha256("more");
  CHECK(
      contains(error_of([&] { files.check(scratch / "tree/a", item); }), "is not what the bundle has there"));
}
