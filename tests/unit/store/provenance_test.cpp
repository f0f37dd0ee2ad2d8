#include "store/provenance.hpp"

#include "support/files.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Provenance read(const std::string& text) {
  const JsonDocument json(text, "p.json");
  return read_provenance(json.view());
}

/// As a store of gostrap 0.1.0 has it.
constexpr const char* older_host = R"({
  "gostrap": "0.1.0",
  "made": "2026-11-25T10:00:00Z",
  "machine": {
    "system": "Linux 6.1",
    "architecture": "x86_64",
    "processors": 2
  },
  "name": "go1.24.4-host-linux-amd64",
  "key": "0123456789abcdef0123456789abcdef",
  "inputs": {
    "step": "host",
    "recipe": 1,
    "release": "1.24.4",
    "source": "sha256-jeCzxH8RLFl0X3F6YmkyJkxCKnVjlUhy4jeyI69K1kM=",
    "profile": {
      "GOAMD64": "v3",
      "bake": true
    },
    "port": "linux/amd64",
    "bootstrap": {
      "name": "go1.23.1",
      "go": "abc"
    }
  },
  "why": "asked for",
  "making": {
    "run": {
      "command": [
        "bash",
        "/usr/bin/make.bash"
      ],
      "environment": {
        "TZ": "UTC",
        "GOROOT_BOOTSTRAP": "/usr/lib/go-1.23"
      },
      "seconds": 190.5,
      "cpuSeconds": 370.25,
      "peakMemory": 700000000,
      "withoutNetwork": true
    },
    "bootstrap": "go1.23.1 linux/amd64",
    "patches": [
      {
        "name": "x.patch",
        "sha256": "00ff"
      }
    ]
  },
  "seconds": 200.125,
  "phases": [
    {
      "name": "Building Go toolchain1",
      "begin": 1.5,
      "seconds": 38.0
    }
  ],
  "log": "/store/logs/x.log",
  "from": [
    {
      "gostrap": "0.1.0",
      "name": "go1.24.4-source",
      "key": "fedc",
      "inputs": {
        "step": "source",
        "release": "1.24.4",
        "source": "sha256-jeCzxH8RLFl0X3F6YmkyJkxCKnVjlUhy4jeyI69K1kM="
      },
      "making": {
        "origin": "https://go.example/go",
        "kind": "git",
        "nar": "sha256-N",
        "commit": "c0ffee"
      },
      "from": []
    }
  ]
}
)";

}  // namespace

TEST_CASE("what was written is read, and written again as it was") {
  const Provenance provenance = read(older_host);
  CHECK(to_text(provenance) == older_host);
  REQUIRE(provenance.inputs);
  CHECK(provenance.inputs->kind == Kind::host);
  CHECK(provenance.inputs->port == Port{"linux", "amd64"});
  CHECK(provenance.inputs->profile.baked);
  CHECK(provenance.inputs->bootstrap == BootstrapId{"go1.23.1", "abc", ""});
  CHECK(provenance.machine->processors == 2);
  CHECK(provenance.making->run->network_cut);
  CHECK(provenance.phases.at(0).begin == 1.5);
  CHECK(provenance.from.at(0).making->commit == "c0ffee");
}

TEST_CASE("a key is the hash of the inputs' very text") {
  const Provenance provenance = read(R"({"inputs": {"step": "sdk", "recipe": 1, "odd": [ 1,2 ]}})");
  CHECK(provenance.inputs->text == R"({"step":"sdk","recipe":1,"odd":[1,2]})");
  CHECK(key_of(provenance.inputs->text).size() == 32);
}

TEST_CASE("what travels names neither hour nor machine nor place") {
  const std::string text = to_text(portable(read(older_host)));
  for (const char* const gone : {"2026", "x86_64", "190", "Building", "/store", "/usr", "https", "why"})
    CHECK_FALSE(contains(text, gone));
  for (const char* const kept : {"make.bash", "TZ", "c0ffee", "x.patch", "go1.23.1"})
    CHECK(contains(text, kept));
}

TEST_CASE("whose it is: the nearest that a bundle brought and nobody vouches for") {
  const auto strangers = [](const std::string& text) { return strangers_part(read(text)) != nullptr; };
  const std::string brought = R"("installed": {"bundle": "sha256:b", "vouched": false})";
  CHECK_FALSE(strangers("{}"));
  CHECK(strangers("{" + brought + "}"));
  CHECK(strangers(R"({"from": [{}, {"from": [{)" + brought + "}]}]}"));
  CHECK(strangers(R"({"installed": "by hand"})"));
  CHECK_FALSE(strangers(R"({"installed": {"vouched": true}, "from": [{)" + brought + "}]}"));
  CHECK_FALSE(strangers(R"({"from": [{"inputs": {"step": "source"}, )" + brought + "}]}"));
  CHECK(strangers(R"({"from": [{"inputs": {"step": "source", "profile": {"patches": [")" +
                  std::string(64, 'a') + R"("]}}, )" + brought + "}]}"));
}

TEST_CASE("what a stranger claims is kept, and looked at by nobody") {
  const Provenance provenance = read(R"({"claims": {"made": 5, "installed": {"vouched": true}}})");
  CHECK_FALSE(provenance.installed);
  CHECK(provenance.claims == R"({"made":5,"installed":{"vouched":true}})");
  CHECK(contains(to_text(provenance), R"("made": 5)"));
}

TEST_CASE("what is no provenance is refused with its place") {
  const auto refused = [](const std::string& text) { return error_of([&] { read(text); }); };
  CHECK(contains(refused("[]"), "p.json"));
  CHECK(contains(refused(R"({"seconds": "long"})"), "seconds"));
  CHECK(contains(refused(R"({"seconds": -1})"), "from 0 to"));
  CHECK(contains(refused(R"({"from": {}})"), "from"));
  CHECK(contains(refused(R"({"inputs": {"step": "pie"}})"), "no such step"));
  CHECK(contains(refused(R"({"inputs": {"step": "sdk", "layout": 99}})"), "made by a newer gostrap"));
  CHECK(contains(refused(R"({"making": {"run": {"command": [5], "environment": {}}}})"), "command[0]"));
  CHECK(contains(refused(R"({"name": "a\u001b[0m"})"), "control characters"));
  CHECK(contains(refused(R"({"why": ")" + std::string(4097, 'x') + "\"}"), "4097 bytes"));
}

TEST_CASE("an hour that is none is left out") {
  for (const char* const made : {"5", "\"\\u001b]0;x\\u0007\"", "[]", "\"yesterday\""})
    CHECK_FALSE(read(std::string(R"({"made": )") + made + "}").made);
}

TEST_CASE("a provenance lies beside an output or in its store") {
  const Scratch scratch;
  scratch.directory("store/one");
  CHECK_FALSE(provenance_of(scratch / "store/one"));
  scratch.file("store/provenance/one.json", "{}");
  CHECK(provenance_of(scratch / "store/one") == scratch / "store/provenance/one.json");
  scratch.file("two.provenance.json", "{}");
  CHECK(provenance_of(scratch / "two") == scratch / "two.provenance.json");
}

namespace {

constexpr const char* unpacked_host =
    R"({"name": "h", "key": "k1", "inputs": {"step": "host", "release": "1.24.4",
  "published": {"file": "go1.24.4.linux-amd64.tar.gz",
                "sha256": "77e5da33bb72aeaef1ba4418b6fe511bc4d041873cbf82e5aa6318740df98717"}}, "from": []})";
constexpr const char* built_host =
    R"({"name": "b", "key": "k2", "inputs": {"step": "host", "release": "1.24.4"}, "from": []})";

std::string made_with(const std::string& host, const std::string& step = "sdk") {
  return R"({"name": "s", "key": "k3", "inputs": {"step": ")" + step + R"("}, "from": [)" + host + "]}";
}

}  // namespace

TEST_CASE("what is unpacked from upstream's archive is known as such, and what is made with it") {
  const Provenance host = read(unpacked_host);
  REQUIRE(published_host(host) != nullptr);
  CHECK(host.inputs->published->file == "go1.24.4.linux-amd64.tar.gz");
  CHECK(read(to_text(host)).inputs->published == host.inputs->published);
  CHECK(published_host(portable(host)) != nullptr);
  REQUIRE(published_host(read(made_with(unpacked_host))) != nullptr);
  CHECK(published_host(read(made_with(unpacked_host)))->key == "k1");
  CHECK(published_host(read(made_with(built_host))) == nullptr);
}

TEST_CASE("what make.bash made is built, also by an older Go that was unpacked") {
  CHECK(published_host(read(made_with(made_with(unpacked_host, "host")))) == nullptr);
}

TEST_CASE("a host that was built again counts as built, wherever it is told of") {
  const Provenance sdk = read(made_with(unpacked_host));
  const auto again = with_rebuilt_host(sdk, "k1", read(built_host));
  REQUIRE(again);
  CHECK(published_host(*again) == nullptr);
  CHECK(published_host(read(to_text(*again))) == nullptr);
  CHECK(read(to_text(*again)).from[0].rebuilt[0].key == "k2");
  CHECK(portable(*again).from[0].rebuilt.size() == 1);
  CHECK_FALSE(with_rebuilt_host(sdk, "k9", read(built_host)));
  CHECK_FALSE(with_rebuilt_host(read(made_with(built_host)), "k2", read(built_host)));
}

TEST_CASE("a checksum that is none is no provenance") {
  const std::string bad = R"({"inputs": {"step": "host", "published": {"file": "x", "sha256": "77"}}})";
  CHECK(contains(error_of([&] { read(bad); }), "it should be a SHA-256 in hexadecimal"));
}
