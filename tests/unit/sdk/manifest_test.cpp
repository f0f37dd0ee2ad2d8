#include "sdk/manifest.hpp"

#include "release/c_compiler_samples.hpp"
#include "sdk/verify.hpp"
#include "support/nar.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Manifest described() {
  Manifest manifest;
  manifest.release = "1.24.4";
  manifest.commit = std::string(40, 'c');
  manifest.source = *digest_in_sri("sha256-r3NLW/7vnou1yL39OYdcXXJhiuGU27HudDdZcDLEAtI=");
  manifest.hosted_on = {"linux", "amd64"};
  manifest.port = {"linux", "riscv64"};
  manifest.differences = {"go.env"};
  return manifest;
}

/// An output with three files and a link, and its manifest.
fs::path output(const Scratch& scratch) {
  scratch.file("out/share/go/VERSION", "go1.24.4\n");
  scratch.file("out/share/go/bin/go", "go", true);
  scratch.file("out/bin/wrapper", "w", true);
  scratch.link("out/go", "share/go");
  Manifest manifest = described();
  record_contents(scratch / "out", manifest);
  scratch.file("out/share/gostrap/manifest.json", to_text(to_json(manifest)));
  return scratch / "out";
}

/// What is said about the manifest of an output after `change` was made to it.
std::string refusal(const std::function<void(Json&)>& change) {
  const Scratch scratch;
  Json json = read_json(manifest_path(output(scratch)));
  change(json);
  return error_of([&] { manifest_from_json(JsonView(json, "manifest.json")); });
}

}  // namespace

TEST_CASE("a manifest reads back as it was written") {
  const Scratch scratch;
  const Manifest manifest = read_manifest(output(scratch));
  CHECK(to_json(manifest) == read_json(manifest_path(scratch / "out")));
  CHECK(manifest.files.size() == 3);
  CHECK(manifest.files.at("share/go/bin/go").executable);
  CHECK(manifest.links.at("go") == "share/go");
  CHECK(manifest.nar == nar_hash(goroot_of(scratch / "out")).digest);
}

TEST_CASE("an untouched output is as its manifest says") {
  const Scratch scratch;
  const fs::path out = output(scratch);
  CHECK(check_files(out, read_manifest(out)).result == Check::Result::passed);
}

TEST_CASE("every kind of change is named") {
  const Scratch scratch;
  const fs::path out = output(scratch);
  scratch.file("out/share/go/VERSION", "go1.24.5\n");
  scratch.file("out/share/go/new", "");
  fs::remove(out / "bin/wrapper");
  fs::remove(out / "go");
  scratch.link("out/go", "elsewhere");
  const Check check = check_files(out, read_manifest(out));
  CHECK(check.result == Check::Result::failed);
  CHECK(check.details == std::vector<std::string>{"bin/wrapper is missing", "share/go/VERSION was changed",
                                                  "share/go/new is not in the manifest", "go was changed"});
}

TEST_CASE("a lost x bit is a change") {
  const Scratch scratch;
  const fs::path out = output(scratch);
  fs::permissions(out / "share/go/bin/go", fs::perms(0644));
  CHECK(check_files(out, read_manifest(out)).details ==
        std::vector<std::string>{"share/go/bin/go was changed"});
}

TEST_CASE("an empty directory too much is a change of the NAR hash") {
  const Scratch scratch;
  const fs::path out = output(scratch);
  fs::create_directory(out / "share/go/empty");
  const Check check = check_files(out, read_manifest(out));
  CHECK(check.result == Check::Result::failed);
  CHECK(contains(check.details.at(0), "the NAR hash of share/go"));
}

TEST_CASE("only the first differences are listed, the others counted") {
  const Scratch scratch;
  const fs::path out = output(scratch);
  for (int i = 0; i < 25; ++i) scratch.file("out/extra" + std::to_string(i), "");
  const Check check = check_files(out, read_manifest(out));
  CHECK(check.says == "25 differences from the manifest");
  CHECK(check.details.size() == 11);
  CHECK(check.details.back() == "… and 15 more");
}

TEST_CASE("what an output is can be read without its files") {
  const Scratch scratch;
  const fs::path out = output(scratch);
  Manifest whole = read_manifest(out);
  whole.files.clear();
  whole.links.clear();
  CHECK(to_json(read_manifest_head(out)) == to_json(whole));
  Json json = read_json(manifest_path(out));
  json["release"] = "$(x)";
  scratch.file("out/share/gostrap/manifest.json", to_text(json));
  CHECK(contains(error_of([&] { read_manifest_head(out); }),
                 "manifest.json:4, release: it is not a Go version"));
  CHECK(contains(error_of([&] { read_manifest_head(scratch.path()); }),
                 "it has no share/gostrap/manifest.json"));
}

TEST_CASE("a directory without a manifest is no output") {
  const Scratch scratch;
  CHECK(contains(error_of([&] { read_manifest(scratch.path()); }), "it has no share/gostrap/manifest.json"));
}

TEST_CASE("a manifest whose paths lead out is refused") {
  for (const char* path : {"../x", "/etc/passwd", "a/../../x", "", "a\x1b[2J", "a\nb"}) {
    CHECK(contains(refusal([&](Json& json) { json["files"][path] = std::string(64, 'a'); }),
                   "not a path below"));
    CHECK(contains(refusal([&](Json& json) { json["links"][path] = "x"; }), "not a path below"));
  }
}

TEST_CASE("a manifest with wrong values is refused with the place") {
  CHECK(contains(refusal([](Json& json) { json["schema"] = 2; }), "schema 1 only"));
  CHECK(contains(refusal([](Json& json) { json["schema"] = "1"; }), "schema"));
  CHECK(contains(refusal([](Json& json) { json["schema"] = 4294967297; }), "schema 1 only"));
  CHECK(contains(refusal([](Json& json) { json["kind"] = "pie"; }), "\"pie\" is none of"));
  CHECK(contains(refusal([](Json& json) { json["nar"] = "sha256-short"; }), "nar"));
  CHECK(contains(refusal([](Json& json) { json["port"] = "LINUX;rm"; }), "port"));
  CHECK(contains(refusal([](Json& json) { json["release"] = "$(x)"; }), "release"));
  CHECK(contains(refusal([](Json& json) { json["canonical"] = "yes"; }), "true or false"));
  CHECK(contains(refusal([](Json& json) { json["profile"]["GOFAST"] = "1"; }), "profile, GOFAST"));
  CHECK(contains(refusal([](Json& json) { json["files"]["a"] = "abc"; }), "files, a"));
  CHECK(contains(refusal([](Json& json) { json.erase("files"); }), "\"files\" is missing"));
}

TEST_CASE("an SDK's C compiler is for its port, and of a layout that has such") {
  Profile with_c;
  with_c.c = cross_gcc();
  const auto sdk = [&](unsigned layout, const char* port) {
    return refusal([&](Json& json) {
      json["kind"] = "sdk";
      json["layout"] = layout;
      json["port"] = port;
      json["profile"] = to_json(with_c);
    });
  };
  CHECK(sdk(3, "linux/arm64").empty());
  CHECK(contains(sdk(2, "linux/arm64"), "profile: an SDK of layout 2 compiled no C"));
  CHECK(contains(sdk(3, "linux/riscv64"), "profile: its C compiler is for another port"));
}

TEST_CASE("a manifest that says nothing of profiles has none") {
  const Scratch scratch;
  Json json = read_json(manifest_path(output(scratch)));
  CHECK(json["profile"] == Json::object());
  json.erase("profile");
  CHECK(manifest_from_json(JsonView(json, "x")).profile.empty());
}
