#include "release/profile.hpp"

#include "release/c_compiler_samples.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Port amd64{"linux", "amd64"};
const Port riscv64{"linux", "riscv64"};

Release release() {
  Release release;
  release.version = {1, 24, 4};
  release.ports = {amd64, {"linux", "arm"}, riscv64, {"js", "wasm"}};
  return release;
}

ProfileRequest request(const std::vector<std::string>& words, bool bake = false) {
  ProfileRequest request;
  for (const std::string& word : words) read_profile_word(word, request);
  request.bake = request.bake || bake;
  return request;
}

ProfileRequest with_fallback(ProfileRequest request) {
  request.fallback = true;
  return request;
}

Profile profile(const std::vector<std::string>& words, const Port& port = amd64, bool bake = false) {
  std::vector<std::string> said;
  return checked_profile(request(words, bake), release(), {port}, nullptr, said);
}

}  // namespace

TEST_CASE("a word has one value or several, and a part without a name belongs to the one before it") {
  const Profile both = profile({"GOAMD64=v3,GOGC=200", "GODEBUG=gctrace=1,madvdontneed=0"});
  CHECK(both.settings == std::map<std::string, std::string>{{"GOAMD64", "v3"}});
  CHECK(both.defaults ==
        std::map<std::string, std::string>{{"GODEBUG", "gctrace=1,madvdontneed=0"}, {"GOGC", "200"}});
  CHECK(profile({"GOARM=7,softfloat"}, {"linux", "arm"}).settings.at("GOARM") == "7,softfloat");
  CHECK(contains(error_of([] {
                   profile({"GOARM=5,softfloat,hardfloat"}, {"linux", "arm"});
                 }),
                 "one of them"));
  CHECK(profile({"GOAMD64=v2", "GOAMD64=v3"}).settings.at("GOAMD64") == "v3");
}

TEST_CASE("a file says the same, and its patches lie beside it") {
  const Scratch scratch;
  const fs::path file =
      scratch.file("p/profile.json", R"({"GOGC": "200", "bake": true, "patches": ["a.patch"]})");
  const ProfileRequest read = request({file.string()});
  CHECK(read.values == std::vector<std::pair<std::string, std::string>>{{"GOGC", "200"}});
  CHECK(read.bake);
  CHECK(read.patches == std::vector<fs::path>{file.parent_path() / "a.patch"});
}

TEST_CASE("a number in a file is the same as its text, as in Nix") {
  const Scratch scratch;
  const fs::path file = scratch.file("profile.json", R"({"GOGC": 200})");
  CHECK(request({file.string()}).values == std::vector<std::pair<std::string, std::string>>{{"GOGC", "200"}});
}

TEST_CASE("a file is read strictly, with the place of what is wrong") {
  const Scratch scratch;
  const auto refusal = [&](const std::string& text) {
    const std::string file = scratch.file("profile.json", text).string();
    return error_of([&] { request({file}); });
  };
  CHECK(contains(refusal("{\n\"GOGC\": 200.5}"), "profile.json:2, GOGC"));
  CHECK(contains(refusal("{\n\"GOGC\": true}"), "profile.json:2, GOGC"));
  CHECK(contains(refusal(R"({"GOFLAGS": "-v"})"), "flags belong to a build"));
  CHECK(contains(refusal(R"({"GOGC": "1", "GOGC": "2"})"), "GOGC"));
  CHECK(contains(refusal(R"({"GOGCC": "1"})"), "a profile has no GOGCC"));
  CHECK(contains(refusal(R"({"bake": "yes"})"), "true or false"));
  CHECK(contains(refusal("[]"), "it should be an object"));
  CHECK(contains(refusal(""), "profile.json"));
}

TEST_CASE("a word that is neither is refused") {
  for (const char* word : {"v3", "", "=v3", "amd64=v3", "/no/such/file", "GO AMD64=v3"})
    CHECK(contains(error_of([&] { request({word}); }), "is neither NAME=VALUE nor a file"));
  CHECK(contains(error_of([] { profile({"GOAMD64="}); }), "GOAMD64"));
  CHECK(contains(error_of([] { profile({"GOAMD64=v5"}); }), "The nearest is GOAMD64=v4."));
}

TEST_CASE("fallback takes the nearest thing that works, and says so") {
  std::vector<std::string> said;
  const Profile taken = checked_profile(with_fallback(request({"GOAMD64=v5,GOMEMLIMIT=64MiB,GOARM=7"})),
                                        release(), {amd64}, nullptr, said);
  CHECK(taken.text() == "GOAMD64=v4 GOMEMLIMIT=64MiB");
  REQUIRE(said.size() == 2);
  CHECK(contains(said[0], "Taken: GOAMD64=v4."));
  CHECK(contains(said[1], "GOARM is left out."));
  CHECK(contains(error_of([&] {
                   checked_profile(with_fallback(request({"GOGC=x"})), release(), {amd64}, nullptr, said);
                 }),
                 "it is a percentage"));
}

TEST_CASE("without fallback it is said what fallback would do") {
  CHECK(contains(error_of([] { profile({"GOAMD64=v5"}); }), "--fallback takes that."));
  CHECK(contains(error_of([] { profile({"GOARM=7"}); }), "--fallback leaves it out there."));
  CHECK_FALSE(contains(error_of([] { profile({"GOGC=x"}); }), "--fallback"));
}

TEST_CASE("where fallback leaves nothing to bake, nothing is baked") {
  std::vector<std::string> said;
  const Profile taken = checked_profile(with_fallback(request({"GOAMD64=v3,GOGC=200"}, true)), release(),
                                        {riscv64}, nullptr, said);
  CHECK(taken.text() == "GOGC=200");
  REQUIRE(said.size() == 2);
  CHECK(said[1] == "nothing is left to bake for linux/riscv64.");
}

TEST_CASE("what holds for one port must hold for all that were asked for") {
  std::vector<std::string> said;
  CHECK(contains(
      error_of([&] {
        checked_profile(request({"GOGC=50,GORISCV64=rva22u64"}), release(), {riscv64, amd64}, nullptr, said);
      }),
      "GORISCV64=rva22u64 cannot be for linux/amd64"));
}

TEST_CASE("make.bash bakes what it reads, and nothing else") {
  CHECK(profile({"GOAMD64=v3"}, amd64, true).baked);
  CHECK(contains(error_of([] {
                   profile({"GOWASM=satconv"}, {"js", "wasm"}, true);
                 }),
                 "make.bash bakes no GOWASM"));
  CHECK(contains(error_of([] { profile({"GOGC=200"}, amd64, true); }), "nothing to bake"));
  CHECK(contains(error_of([] {
                   profile({"GOFIPS140=latest", "GOEXPERIMENT=boringcrypto"});
                 }),
                 "cmd/go refuses the two together"));
}

TEST_CASE("a profile is in part the host's and in part the SDK's") {
  Profile plain = profile({"GOAMD64=v3,GOGC=200"});
  CHECK(plain.of_host().empty());
  CHECK(plain.of_sdk() == plain);
  Profile baked = profile({"GOAMD64=v3,GOGC=200"}, amd64, true);
  baked.patches = {sha256("a")};
  CHECK(baked.of_host().text() == "GOAMD64=v3, baked, 1 patch");
  CHECK(baked.of_sdk().text() == "GOGC=200");
  CHECK(profile({"GOAMD64=v3"}).leaves_toolchain_alone());
  CHECK_FALSE(profile({"GOGC=200"}).leaves_toolchain_alone());
  CHECK_FALSE(profile({"GOAMD64=v3"}, amd64, true).leaves_toolchain_alone());
}

TEST_CASE("a name ends with what was set, or with a hash where that is long") {
  CHECK(Profile().suffix() == "");
  CHECK(profile({"GOAMD64=v3"}).suffix() == "-GOAMD64-v3");
  CHECK(profile({"GOAMD64=v3"}, amd64, true).suffix() == "-GOAMD64-v3-baked");
  CHECK(profile({"GODEBUG=gctrace=1,madvdontneed=0"}).suffix() == "-GODEBUG-gctrace-1+madvdontneed-0");
  Profile patched;
  patched.patches = {sha256("a"), sha256("b")};
  CHECK(patched.suffix().starts_with("-patched-"));
  CHECK(patched.suffix().size() == 17);
  Profile other = patched;
  std::swap(other.patches[0], other.patches[1]);
  CHECK(patched.suffix() != other.suffix());
  const Profile lengthy =
      profile({"GODEBUG=gctrace=1,schedtrace=1000,scheddetail=1,inittrace=1,scavtrace=1,madvdontneed=0"});
  CHECK(lengthy.suffix().starts_with("-profile-"));
  CHECK(lengthy.suffix().size() < 30);
}

TEST_CASE("a profile reads back as it was written, and strange ones are refused") {
  Profile written = profile({"GOAMD64=v3,GOGC=200"}, amd64, true);
  written.patches = {sha256("a")};
  CHECK(profile_from_json(JsonView(to_json(written), "x")) == written);
  CHECK(to_json(Profile()) == Json::object());
  const auto refusal = [](const char* text) {
    const Json json = Json::parse(text);
    return error_of([&] { profile_from_json(JsonView(json, "x")); });
  };
  CHECK(contains(refusal(R"({"GOFAST": "1"})"), "a profile has no"));
  CHECK(contains(refusal(R"({"GOGC": "1\n"})"), "no value of GOGC"));
  CHECK(contains(refusal(R"({"GOGC": "../.."})"), "no value of GOGC"));
  CHECK(contains(refusal(R"({"patches": ["abc"]})"), "SHA-256"));
  CHECK(contains(refusal("[]"), "object"));
}

TEST_CASE("a C compiler is an SDK's, changes no toolchain, and stands in text and names behind all else") {
  Profile with_c;
  with_c.c = cross_gcc();
  CHECK_FALSE(with_c.empty());
  CHECK(with_c.of_host().empty());
  CHECK(with_c.of_sdk() == with_c);
  CHECK(with_c.leaves_toolchain_alone());
  CHECK(with_c.text() == "C by /usr/bin/aarch64-linux-gnu-gcc 12.2.0, glibc 2.36");
  CHECK(with_c.suffix() == "-cgo-" + cross_gcc().identity().substr(0, 8));
  with_c.settings["GOARM64"] = "v8.1";
  with_c.baked = true;
  with_c.c->is_static = true;
  CHECK(with_c.text() ==
        "GOARM64=v8.1, baked, C by /usr/bin/aarch64-linux-gnu-gcc 12.2.0, glibc 2.36, static");
  CHECK(with_c.suffix() == "-GOARM64-v8.1-baked-cgo-static-" + with_c.c->identity().substr(0, 8));
  CHECK(with_c.of_sdk().settings.empty());
  CHECK(with_c.of_sdk().c == with_c.c);
  with_c.defaults["GODEBUG"] = std::string(90, 'x');
  CHECK(with_c.suffix().starts_with("-profile-"));
  CHECK(with_c.suffix().ends_with("-cgo-static-" + with_c.c->identity().substr(0, 8)));
}

TEST_CASE("a profile with C reads back as it was written, and one without has no word of it") {
  Profile with_c;
  with_c.settings["GOARM64"] = "v8.1";
  CHECK_FALSE(to_json(with_c).contains("c"));
  with_c.c = cross_gcc();
  const std::string text = to_json(with_c).dump();
  const JsonDocument document(text, "profile.json");
  CHECK(profile_from_json(document.view()) == with_c);
  for (const char* bad : {R"({"c": true})", R"({"c": {}})", R"({"c": null})", R"({"c": []})"}) {
    const JsonDocument wrong(bad, "profile.json");
    CHECK_MESSAGE(contains(error_of([&] { profile_from_json(wrong.view()); }), "profile.json:1, c"), bad);
  }
}

TEST_CASE("a file of --profile names no compiler: --cgo does") {
  const Scratch scratch;
  Json json = Json::object();
  json["c"] = to_json(cross_gcc());
  const fs::path file = scratch.file("profile.json", json.dump());
  CHECK_FALSE(error_of([&] { request({file.string()}); }).empty());
}
