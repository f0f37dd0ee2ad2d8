#include "bundle/claims.hpp"

#include "bundle/samples.hpp"
#include "bundle/voucher.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// A bundle with a tree of modules in it, and what its provenance is taken for.
struct Bench {
  Scratch scratch;
  PrivateKey key = PrivateKey::generate();
  BundleReader reader{
      memory_source((scratch.file("tree/a", "text"), bundle_of({scratch / "tree"}, &key)), "b"),
      bundle_limits()};
  BundleEntry entry = reader.index().entries.front();
  Json text{{"name", "tree"}, {"key", entry.key}, {"inputs", {{"step", "modules"}}}};

  /// As an SDK whose key is the hash of what it was made from.
  void is_sdk() {
    text["inputs"] = {{"step", "sdk"},
                      {"release", "1.99.0"},
                      {"source", sri(sample_pin().nar())},
                      {"port", "linux/riscv64"}};
    entry.kind = Kind::sdk;
    entry.release = "1.99.0";
    entry.source = sample_pin().source;
    entry.port = Port{"linux", "riscv64"};
    entry.key = key_of(text["inputs"].dump());
    text["key"] = entry.key;
  }
  Provenance take(Voucher voucher) const {
    return installed_provenance(reader, entry, as_installed(entry, voucher, sample_pins()), text.dump(),
                                voucher);
  }
  std::string refusal(Voucher voucher = Voucher::named_key) const {
    return error_of([&] { take(voucher); });
  }
};

}  // namespace

TEST_CASE("what a named key's bundle says is believed, with when and whence it came") {
  Bench bench;
  bench.text["why"] = "asked for";
  bench.text["log"] = "/their/log";
  const Provenance provenance = bench.take(Voucher::named_key);
  CHECK(provenance.why == "asked for");
  CHECK(provenance.key == bench.entry.key);
  CHECK(provenance.claims.empty());
  CHECK(provenance.log == "");
  REQUIRE(provenance.installed.has_value());
  CHECK(provenance.installed->vouched);
  CHECK(provenance.installed->bundle == "sha256:" + hex(sha256(bench.reader.index_text())));
  CHECK(provenance.installed->signed_by == bench.key.public_key().fingerprint());
  CHECK(time_now() - provenance.installed->made.value() < std::chrono::minutes(5));
}

TEST_CASE("what a stranger's bundle says is kept where nobody looks") {
  Bench bench;
  bench.text["why"] = "asked for";
  bench.text["made"] = "2026-01-01T00:00:00Z";
  const Provenance provenance = bench.take(Voucher::none);
  CHECK(provenance.why.empty());
  CHECK_FALSE(provenance.installed.value().vouched);
  CHECK(Json::parse(provenance.claims)["why"] == "asked for");
  CHECK(strangers_part(provenance) != nullptr);
  CHECK(time_now() - provenance.made.value() < std::chrono::minutes(5));
}

TEST_CASE("the key of what was made is the hash of what it was made from") {
  Bench bench;
  bench.is_sdk();
  CHECK(bench.take(Voucher::named_key).key == bench.entry.key);
  bench.entry.key = std::string(32, '0');
  CHECK(contains(bench.refusal(),
                 "its key is " + key_of(bench.text["inputs"].dump()) + " by what it was made from"));
}

TEST_CASE("a stranger's entry is called by its contents, and its claim is still its own") {
  Bench bench;
  bench.is_sdk();
  const Provenance provenance = bench.take(Voucher::none);
  CHECK(provenance.key == key_of_contents(Kind::sdk, bench.entry.contents.digest));
  CHECK(Json::parse(provenance.claims)["key"] == bench.entry.key);
  bench.entry.key = std::string(32, '0');
  CHECK(contains(bench.refusal(Voucher::none), "by what it was made from"));
}

TEST_CASE("a provenance of another kind, release, source or port is refused") {
  Bench bench;
  bench.is_sdk();
  SUBCASE("kind") {
    bench.entry.kind = Kind::toolchain;
  }
  SUBCASE("release") {
    bench.entry.release = "1.98.0";
  }
  SUBCASE("source") {
    bench.entry.source = sha256("another");
  }
  SUBCASE("port") {
    bench.entry.port = Port{"linux", "arm64"};
  }
  CHECK(contains(bench.refusal(), "cannot install tree from b: its provenance is of something else"));
  CHECK(contains(bench.refusal(), "Its index says otherwise"));
}

TEST_CASE("a provenance that says nothing of its making, or has another shape, is refused") {
  Bench bench;
  bench.text.erase("inputs");
  CHECK(contains(bench.refusal(), "inputs"));
  bench.text = Json::array();
  CHECK(contains(bench.refusal(), "b (tree/provenance.json)"));
}

TEST_CASE("an hour that is none is told at the door, however deep it stands") {
  Bench bench;
  const std::string hour = "it should be a time such as 2026-11-23T07:00:00Z";
  bench.text["made"] = "yesterday";
  CHECK(contains(bench.refusal(), hour));
  bench.text.erase("made");
  bench.text["from"] = {{{"from", {{{"made", 5}}}}}};
  CHECK(contains(bench.refusal(Voucher::none), hour));
  bench.text["from"] = {{{"made", "2026-01-01T00:00:00Z"}}};
  CHECK(bench.refusal() == "");
}

TEST_CASE("a provenance that is read whenever the store is listed is not longer than 4 MiB") {
  Bench bench;
  bench.text["more"] = std::string(std::size_t{4} << 20U, 'x');
  CHECK(contains(bench.refusal(), " bytes, and 4194304 are the most"));
}

TEST_CASE("what would be too deep to be read once it is kept is refused") {
  Bench bench;
  Json deep = 1;
  std::size_t levels = 0;
  // as deep as can be read, one level below the text itself
  const auto can_be_read = [&](const Json& json) {
    return error_of([&] { JsonDocument(json.dump(), "text"); }).empty();
  };
  while (can_be_read(Json{{"more", deep}}) && ++levels < 100'000) deep = Json::array({deep});
  REQUIRE(levels < 100'000);
  bench.text["more"] = deep[0];
  CHECK(bench.refusal(Voucher::named_key) == "");
  CHECK(contains(bench.refusal(Voucher::none), "its provenance could not be read again"));
}
