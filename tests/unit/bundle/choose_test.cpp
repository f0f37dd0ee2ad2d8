#include "bundle/choose.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Release release(const std::string& version) {
  Release release;
  release.version = *parse_version(version);
  release.source = sha256("source of " + version);
  release.ports = {{"linux", "riscv64"}, {"linux", "arm64"}, {"js", "wasm"}};
  return release;
}

struct Bench {
  Scratch scratch;
  Store store{scratch / "store"};
  Releases releases;
  BundleRequest request;
  std::vector<std::string> taken;
  std::vector<Profile> profiles_taken;
  std::vector<WantedOutput> asked;
  std::function<WantedProfile(const Release&, const Port&)> profile;
  char next_key = 'a';

  Bench() {
    releases.put(release("1.98.0"));
    releases.put(release("1.99.0"));
    request.kinds = {Kind::sdk};
  }

  void put(Kind kind, const std::string& port, const std::string& version = "1.99.0",
           const std::string& more = "", const Profile& of = {}) {
    const std::string name =
        "go" + version + "-" + text(kind) + (port.empty() ? "" : "-" + parse_port(port).dashed());
    const std::string entry = std::string(32, next_key++) + "-" + name;
    Json inputs{{"step", text(kind)}, {"release", version}, {"source", sri(sha256("source of " + version))}};
    if (!port.empty()) inputs["port"] = parse_port(port).text();
    if (!of.empty()) inputs["profile"] = to_json(of);
    scratch.file("store/provenance/" + entry + ".json",
                 R"({"name": ")" + name + R"(", "inputs": )" + inputs.dump() + more + "}");
    if (kind == Kind::source) {
      scratch.directory("store/" + entry);
      return;
    }
    Manifest manifest;
    manifest.kind = kind == Kind::host ? Kind::toolchain : kind;
    manifest.release = version;
    manifest.source = sha256("source of " + version);
    manifest.port = parse_port(port);
    manifest.hosted_on = own_port();
    manifest.profile = of;
    if (kind != Kind::archives) manifest.nar = sha256("its NAR");
    scratch.file("store/" + entry + "/share/gostrap/manifest.json", to_text(to_json(manifest)));
  }

  void want(const std::string& word) { request.wanted.emplace_back(ports_of_release(word)); }

  /// The names of what is chosen.
  std::vector<std::string> choose() {
    const Choosing choosing{[&](const WantedOutput& wanted) -> const Release& {
                              asked.push_back(wanted);
                              return releases.default_release();
                            },
                            [&](const StoreEntry& entry) {
                              taken.push_back(entry.what());
                              profiles_taken.push_back(entry.profile);
                            },
                            profile};
    std::vector<std::string> names;
    for (const BundleInput& input : choose_inputs(request, releases, store, choosing).inputs)
      names.push_back(input.entry.name);
    return names;
  }
  std::string refusal() {
    return error_of([&] { choose(); });
  }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a word is ports, or ports of a release") {
  CHECK(ports_of_release("linux/*").ports == "linux/*");
  CHECK(!ports_of_release("linux/*").release);
  CHECK(ports_of_release("riscv64@1.24.4").ports == "riscv64");
  CHECK(ports_of_release("riscv64@1.24.4").release == "1.24.4");
  CHECK(ports_of_release("riscv64@").release == "");
}

TEST_CASE("ports become the store's entries, of the release that is asked for once") {
  Bench bench;
  bench.put(Kind::sdk, "riscv64");
  bench.put(Kind::sdk, "arm64");
  bench.put(Kind::sdk, "arm64", "1.98.0");
  bench.want("riscv64");
  bench.want("arm64");
  bench.want("arm64@1.98.0");
  CHECK(bench.choose() ==
        Names{"go1.99.0-sdk-linux-riscv64", "go1.99.0-sdk-linux-arm64", "go1.98.0-sdk-linux-arm64"});
  CHECK(bench.taken.size() == 3);
  REQUIRE(bench.asked.size() == 1);
  CHECK(bench.asked[0].kind == Kind::sdk);
  CHECK(bench.asked[0].ports == std::vector<Port>{{"linux", "riscv64"}, {"linux", "arm64"}});
}

TEST_CASE("a release is not asked for where every word names its own") {
  Bench bench;
  bench.put(Kind::sdk, "arm64", "1.98.0");
  bench.want("arm64@1.98.0");
  CHECK(bench.choose().size() == 1);
  CHECK(bench.asked.empty());
}

TEST_CASE("an output is that of the profile that is wanted for its port") {
  Bench bench;
  Profile lazy;
  lazy.defaults["GOGC"] = "200";
  bench.put(Kind::sdk, "riscv64");
  bench.put(Kind::sdk, "arm64", "1.99.0", "", lazy);
  bench.put(Kind::sdk, "arm64");
  bench.profile = [&](const Release& of, const Port& port) -> WantedProfile {
    CHECK(of.version.text() == "1.99.0");
    if (port.goarch != "arm64") return {};
    return {lazy, " --profile GOGC=200"};
  };
  bench.want("linux/*");
  bench.choose();
  CHECK(bench.profiles_taken == std::vector<Profile>{{}, lazy});
  bench.request.kinds = {Kind::compiled_std};
  bench.request.wanted.clear();
  bench.want("arm64");
  CHECK(contains(bench.refusal(), "for linux/arm64 --profile GOGC=200: the store at "));
  CHECK(contains(bench.refusal(),
                 "Build it: gostrap build linux/arm64 --std --profile GOGC=200 --release 1.99.0"));
}

TEST_CASE("a pattern takes what there is, each kind of it") {
  Bench bench;
  bench.request.kinds = {Kind::toolchain, Kind::archives};
  bench.put(Kind::archives, "arm64");
  bench.put(Kind::toolchain, "riscv64");
  bench.put(Kind::sdk, "riscv64");
  bench.want("linux/*");
  CHECK(bench.choose() == Names{"go1.99.0-toolchain-linux-riscv64", "go1.99.0-archives-linux-arm64"});
}

TEST_CASE("what the store has not is refused, with the command that builds it") {
  Bench bench;
  bench.request.kinds = {Kind::toolchain};
  bench.put(Kind::toolchain, "riscv64");
  bench.want("riscv64");
  bench.want("arm64");
  CHECK(contains(bench.refusal(), "cannot bundle the toolchain of go1.99.0 for linux/arm64: the store at "));
  CHECK(contains(bench.refusal(), "has none\nBuild it: gostrap build linux/arm64 --hosted --release 1.99.0"));
  bench.request.wanted.clear();
  bench.want("js/*");
  CHECK(contains(bench.refusal(), "Build it: gostrap build js/* --hosted --release 1.99.0"));
  bench.request.wanted.clear();
  bench.want("plan9/amd64");
  CHECK(contains(bench.refusal(), "plan9/amd64"));
}

TEST_CASE("source and host are of that release, too") {
  Bench bench;
  bench.put(Kind::source, "");
  bench.put(Kind::host, own_port().text());
  bench.request.source = bench.request.host = true;
  CHECK(bench.choose() == Names{"go1.99.0-source", "go1.99.0-host-" + own_port().dashed()});
}

TEST_CASE("everything is each name once, without sources that were patched on the way") {
  Bench bench;
  bench.put(Kind::sdk, "riscv64", "1.99.0", R"(, "made": "2026-01-01T00:00:00Z")");
  bench.put(Kind::sdk, "riscv64", "1.99.0", R"(, "made": "2026-01-02T00:00:00Z")");
  bench.put(Kind::source, "", "1.98.0");
  bench.request.everything = true;
  CHECK(bench.choose().size() == 2);
  CHECK(bench.asked.empty());
}

TEST_CASE("directories are taken by their names, and what is known of them is told") {
  Bench bench;
  bench.scratch.file("modules/m/@v/list", "v1.0.0\n");
  bench.request.modules = {bench.scratch / "modules"};
  CHECK(bench.choose() == Names{"modules"});
  CHECK(bench.taken.empty());
  bench.scratch.file(
      "modules.provenance.json",
      R"({"inputs": {"step": "modules"}, "installed": {"made": "2026-01-01T00:00:00Z", "bundle": "sha256:)" +
          std::string(64, 'b') + R"("}})");
  bench.choose();
  CHECK(bench.taken.size() == 1);
}

TEST_CASE("a bundle of nothing is refused") {
  Bench bench;
  CHECK(contains(bench.refusal(), "it needs at least one port, directory or --modules DIR\nSuch as: "));
}
