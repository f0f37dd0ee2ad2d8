#include "road/choose_release.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Port riscv64{"linux", "riscv64"};
const Port arm64{"linux", "arm64"};

/// Of the newest first, as a store tells.
StoreEntry entry(const Releases& releases, const std::string& version, Kind kind, const Port& port,
                 const Profile& profile = {}) {
  StoreEntry entry;
  entry.kind = kind;
  entry.release = version;
  entry.source = releases.get(version).source;
  entry.port = port;
  entry.profile = profile;
  return entry;
}

const Releases& releases() {
  static const Releases all = Releases::load("/no/such/file");
  return all;
}

std::string chosen(const std::vector<StoreEntry>& entries, const WantedOutput& wanted,
                   const std::string& named = "") {
  return choose_release(releases(), named, entries, wanted).release->version.text();
}

std::string default_release() {
  return releases().default_release().version.text();
}

}  // namespace

TEST_CASE("what is named is taken, whatever the store has") {
  const auto sdk = entry(releases(), "1.24.4", Kind::sdk, riscv64);
  CHECK(chosen({sdk}, {Kind::sdk, {riscv64}}, "1.23.1") == "1.23.1");
  CHECK(choose_release(releases(), "1.24.4", {sdk}, {Kind::sdk, {riscv64}}).why.empty());
  CHECK_FALSE(error_of([&] { chosen({sdk}, {Kind::sdk, {riscv64}}, "1.2.3"); }).empty());
}

TEST_CASE("the default is taken where the store has nothing, or has it of the default") {
  CHECK(chosen({}, {Kind::sdk, {riscv64}}) == default_release());
  CHECK(choose_release(releases(), "", {}, {Kind::sdk, {riscv64}}).why.empty());
  const auto old_sdk = entry(releases(), "1.24.4", Kind::sdk, riscv64);
  const auto default_sdk = entry(releases(), default_release(), Kind::sdk, riscv64);
  CHECK(chosen({old_sdk, default_sdk}, {Kind::sdk, {riscv64}}) == default_release());
}

TEST_CASE("an SDK that the store has comes first, then a host toolchain that makes it") {
  const auto sdk = entry(releases(), "1.23.1", Kind::sdk, riscv64);
  const auto host = entry(releases(), "1.24.4", Kind::host, own_port());
  CHECK(chosen({host, sdk}, {Kind::sdk, {riscv64}}) == "1.23.1");
  CHECK(chosen({host, sdk}, {Kind::sdk, {arm64}}) == "1.24.4");
  CHECK(chosen({host, sdk}, {Kind::sdk, {riscv64, arm64}}) == "1.24.4");
  CHECK(chosen({sdk}, {Kind::sdk, {riscv64, arm64}}) == "1.23.1");
  const ChosenRelease chosen = choose_release(releases(), "", {host, sdk}, {Kind::sdk, {riscv64}});
  CHECK(chosen.why == "the store has its SDK for linux/riscv64");
}

TEST_CASE("of two that the store has alike, the newer") {
  const auto one = entry(releases(), "1.23.1", Kind::sdk, riscv64);
  const auto two = entry(releases(), "1.24.4", Kind::sdk, riscv64);
  CHECK(chosen({one, two}, {Kind::sdk, {riscv64}}) == "1.24.4");
}

TEST_CASE("an SDK with a profile is wanted by that profile only, and made by a host toolchain without it") {
  Profile profile;
  profile.defaults["GOGC"] = "200";
  const auto plain = entry(releases(), "1.24.4", Kind::sdk, riscv64);
  const auto other = entry(releases(), "1.23.1", Kind::sdk, riscv64, profile);
  const auto host = entry(releases(), "1.24.4", Kind::host, own_port());
  CHECK(chosen({plain, other}, {Kind::sdk, {riscv64}, profile}) == "1.23.1");
  CHECK(chosen({plain, host}, {Kind::sdk, {riscv64}, profile}) == "1.24.4");
  CHECK(chosen({plain}, {Kind::sdk, {riscv64}, profile}) == default_release());
}

TEST_CASE("a release that has not the port is never taken for its host toolchain") {
  const auto host = entry(releases(), "1.24.4", Kind::host, own_port());
  CHECK(chosen({host}, {Kind::sdk, {Port{"linux", "sparc64"}}}) == default_release());
}

TEST_CASE("patterns and --all take whatever there is of that kind") {
  const auto archives = entry(releases(), "1.24.4", Kind::archives, arm64);
  CHECK(chosen({archives}, {Kind::archives, {}}) == "1.24.4");
  CHECK(chosen({archives}, {Kind::sdk, {}}) == default_release());
}
