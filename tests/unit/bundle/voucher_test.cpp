#include "bundle/voucher.hpp"

#include "bundle/contents.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE(
    "an entry that nobody vouches for gets the key of its contents, and one by a named key keeps its own") {
  BundleEntry entry;
  entry.kind = Kind::modules;
  entry.name = "tree";
  entry.key = std::string(32, '0');
  entry.contents = part_of("a listing");
  CHECK(as_installed(entry, Voucher::named_key, Releases()) == entry);
  const BundleEntry installed = as_installed(entry, Voucher::none, Releases());
  CHECK(installed.key == key_of_contents(Kind::modules, entry.contents.digest));
  CHECK(installed.name == "tree");
}
