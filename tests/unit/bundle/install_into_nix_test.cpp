#include "bundle/install_into_nix.hpp"

#include "bundle/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a Nix store takes from a bundle that nobody vouches for no more than sources") {
  const Scratch scratch;
  scratch.file("tree/a", "text");
  const BundleReader reader(memory_source(bundle_of({scratch / "tree"}), "bundle"), bundle_limits());
  CHECK(contains(error_of([&] { require_voucher_for_nix(reader, false); }),
                 "cannot install bundle into a Nix store: it would take the place of what the flake builds"));
  CHECK(error_of([&] { require_voucher_for_nix(reader, true); }) == "");
}

TEST_CASE("a bundle of nothing that the flake makes is not for a Nix store") {
  const Scratch scratch;
  scratch.file("one/a", "text");
  scratch.file("two/a", "another");
  const BundleReader reader(memory_source(bundle_of({scratch / "one", scratch / "two"}), "bundle"),
                            bundle_limits());
  CHECK(contains(error_of([&] { names_left_out_of_nix(reader); }),
                 "the flake makes no such thing: one, two\n`gostrap bundle install --to DIR` unpacks it."));
}
