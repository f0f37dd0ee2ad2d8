#include "project/lock.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Port riscv64{"linux", "riscv64"};
const Port amd64{"linux", "amd64"};
const Port arm64{"linux", "arm64"};

Lock sample() {
  Lock lock{*parse_version("1.24.4"), std::string(40, 'c'), sha256("the source"), {}};
  lock.sdks[riscv64].nars = {{amd64, sha256("riscv64")}, {arm64, sha256("riscv64 on arm64")}};
  lock.sdks[{"js", "wasm"}] = {{{}, {{"GOGC", "200"}}, {}, false}, {{amd64, sha256("wasm")}}};
  return lock;
}

FoundLock found() {
  return {"/x/gostrap.lock", sample()};
}

Release pinned(const std::string& version = "1.24.4") {
  Release release;
  release.version = *parse_version(version);
  release.tag = release.name();
  release.commit = std::string(40, 'c');
  release.source = sha256("the source");
  return release;
}

std::string refusal(const Json& json) {
  return error_of([&] { lock_from_json(JsonView(json, "gostrap.lock")); });
}

}  // namespace

TEST_CASE("a lock reads back as it was written") {
  CHECK(lock_from_json(JsonView(to_json(sample()), "again")) == sample());
  Lock without = sample();
  without.commit.clear();
  without.sdks.clear();
  CHECK(lock_from_json(JsonView(to_json(without), "again")) == without);
}

TEST_CASE("a lock of a newer gostrap is refused") {
  Json json = to_json(sample());
  json["lock"] = 2;
  CHECK(contains(refusal(json), "gostrap.lock, lock: a newer gostrap wrote it"));
}

TEST_CASE("what is wrong in a lock is told with its place") {
  const auto changed = [](const std::string& pointer, const Json& value) {
    Json json = to_json(sample());
    json[Json::json_pointer(pointer)] = value;
    return refusal(json);
  };
  CHECK(contains(changed("/release", "soon"), "gostrap.lock, release: "));
  CHECK(contains(changed("/source", "abc"), "gostrap.lock, source: "));
  CHECK(contains(changed("/sdks/riscv64", Json::object()), "gostrap.lock, sdks, riscv64: "));
  CHECK(contains(changed("/sdks/linux~1riscv64/nar", 1), "gostrap.lock, sdks, linux/riscv64, nar: "));
  CHECK(contains(changed("/sdks/linux~1riscv64/nar/amd64", "sha256-"), "linux/riscv64, nar, amd64: "));
  CHECK(contains(changed("/sdks/linux~1riscv64/nar/linux~1amd64", "abc"), "nar, linux/amd64: "));
  CHECK(contains(changed("/sdks", Json::array()), "gostrap.lock, sdks: "));
}

TEST_CASE("another release than the lock's is refused, with the command that changes the lock") {
  const std::string error = error_of([] { locked_release(found(), pinned("1.25.3")); });
  CHECK(contains(error, "cannot use go1.25.3 here: /x/gostrap.lock says go1.24.4"));
  CHECK(contains(error, "`gostrap use PORT`"));
}

TEST_CASE("a release that is pinned to other than the lock's source is refused") {
  Release moved = pinned();
  moved.commit = std::string(40, 'd');
  CHECK(contains(error_of([&] { locked_release(found(), moved); }), "pinned to commit ddddd"));
  Release other = pinned();
  other.source = sha256("another");
  CHECK(contains(error_of([&] { locked_release(found(), other); }), sri(sha256("another"))));
}

TEST_CASE("the lock pins a source that nobody has seen here") {
  Release unseen = pinned();
  unseen.source = std::nullopt;
  CHECK(locked_release(found(), unseen).source == sha256("the source"));
}

TEST_CASE("a port that the lock has not is refused, with those that it has") {
  CHECK(locked_sdk(found(), riscv64) == sample().sdks[riscv64]);
  const std::string error = error_of([] { locked_sdk(found(), arm64); });
  CHECK(contains(error, "it has those for js/wasm, linux/riscv64"));
  CHECK(contains(error, "`gostrap use linux/arm64`"));
}

TEST_CASE("an SDK with another profile or of other bits than the lock's is refused") {
  CHECK_NOTHROW(require_locked_sdk(found(), riscv64, {{}, {{amd64, sha256("riscv64")}}}));
  CHECK(contains(error_of([] {
                   require_locked_sdk(found(), riscv64, {{}, {{amd64, sha256("other")}}});
                 }),
                 "the NAR hash of its share/go is " + sri(sha256("other"))));
  CHECK(contains(error_of([] {
                   require_locked_sdk(found(), {"js", "wasm"}, {{}, {{amd64, sha256("wasm")}}});
                 }),
                 "it has no profile, and /x/gostrap.lock says GOGC=200"));
}

TEST_CASE("bits are held against those of the same kind of machine") {
  CHECK_NOTHROW(require_locked_sdk(found(), riscv64, {{}, {{arm64, sha256("riscv64 on arm64")}}}));
  CHECK(contains(error_of([] {
                   require_locked_sdk(found(), riscv64, {{}, {{arm64, sha256("riscv64")}}});
                 }),
                 "and /x/gostrap.lock says " + sri(sha256("riscv64 on arm64"))));
  CHECK_NOTHROW(require_locked_sdk(found(), riscv64, {{}, {{riscv64, sha256("its own")}}}));
}
