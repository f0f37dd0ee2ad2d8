#include "road/step.hpp"

#include "release/c_compiler_samples.hpp"
#include "release/releases.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Release& release(const std::string& version = "1.24.4") {
  static const Releases releases = Releases::load("/no/such/file");
  return releases.get(version);
}

const Port riscv64{"linux", "riscv64"};

Profile patched() {
  Profile profile;
  profile.patches = {*digest_in_hex(std::string(64, 'a'))};
  return profile;
}

}  // namespace

TEST_CASE("the keys of steps are what they were in stores of earlier gostraps") {
  CHECK(key_of(SourceStep{&release()}.inputs({})) == "d3400cf02cf88c59c6bdfa42fe0432aa");
  if (own_port() != Port{"linux", "amd64"}) return;
  const Keys keys{"5bbebf0e02249a9a8629f8729d757ccf"};
  CHECK(key_of(SdkStep{release().at(riscv64), {}, 0}.inputs(keys)) ==
        "9615ccf75403e70a3f39942b905d454c");  // of layout 2
}

TEST_CASE("the inputs of a step are all that decides its bits, in an order that stays") {
  const std::string head = R"("recipe":1,"release":"1.24.4","source":")" + sri(release().nar()) + "\"";
  const Keys keys{"k0", "k1"};
  CHECK(SourceStep{&release()}.inputs({}) == R"({"step":"source",)" + head + "}");
  CHECK(PatchedSourceStep{&release(), patched(), {}, 0}.inputs({}) ==
        R"({"step":"source",)" + head + R"(,"profile":{"patches":[")" + std::string(64, 'a') + R"("]}})");
  CHECK(HostStep{&release(), {}, {}, RungBelow{&release("1.23.1"), 1}, 0}.inputs(keys) ==
        R"({"step":"host",)" + head + R"(,"port":")" + own_port().text() + R"(","bootstrap":{"step":"k1"}})");
  CHECK(ToolchainStep{HostedPort(release().at(riscv64)), true, {}, 0}.inputs(keys) ==
        R"({"step":"toolchain",)" + head + R"(,"port":"linux/riscv64","from":["k0"],"reference":true})");
  CHECK(ArchivesStep{HostedPort(release().at(riscv64)), false, {}, 0, 1}.inputs(keys) ==
        R"({"step":"archives",)" + head + R"(,"port":"linux/riscv64","from":["k0","k1"]})");
}

TEST_CASE("a host from outside of the store is known by the hash of its go command") {
  const Scratch scratch;
  Bootstrap bootstrap;
  bootstrap.go = scratch.file("go/bin/go", "x");
  bootstrap.version = {1, 23, 5};
  const std::string inputs = HostStep{&release(), {}, {}, bootstrap, 0}.inputs({});
  CHECK(contains(inputs, R"("bootstrap":{"name":"go1.23.5","go":"2d711642b726b04401627ca9fbac32f5)"));
}

TEST_CASE("a toolchain that was made without GOARM is another one") {
  const auto inputs = [&](const Port& port) {
    return ToolchainStep{HostedPort(release("1.23.1").at(port)), false, {}, 0}.inputs({"key"});
  };
  CHECK(contains(inputs({"netbsd", "arm"}), R"("GOARM":"7")"));
  CHECK_FALSE(contains(inputs({"linux", "arm"}), "GOARM"));
  CHECK_FALSE(contains(inputs({"netbsd", "arm64"}), "GOARM"));
}

TEST_CASE("names tell kind, port, the reference way and the profile") {
  Profile profile;
  profile.settings["GORISCV64"] = "rva22u64";
  CHECK(SourceStep{&release()}.output().name() == "go1.24.4-source");
  CHECK(SdkStep{release().at(riscv64), profile, 0}.output().name() ==
        "go1.24.4-sdk-linux-riscv64-GORISCV64-rva22u64");
  CHECK(ArchivesStep{HostedPort(release().at(riscv64)), true, {}, 0, 1}.output().name() ==
        "go1.24.4-archives-linux-riscv64-reference");
}

TEST_CASE("what a host needs: the patched source first, and the pinned one to hold it against") {
  const RungBelow below{&release("1.23.1"), 7};
  CHECK(HostStep{&release(), {}, {}, Bootstrap(), 3}.needs() == std::vector<Need>{3});
  CHECK(HostStep{&release(), {}, {}, below, 3}.needs() == std::vector<Need>{3, 7});
  CHECK(HostStep{&release(), patched(), {}, below, 3, 4}.needs() == std::vector<Need>{4, 7, 3});
}

TEST_CASE(
    "the SDK that compiles C is another one: by its compiler, and by its layout, which an older gostrap "
    "knows not") {
  const Keys keys{"k0"};
  const Port arm64{"linux", "arm64"};
  Profile with_c;
  with_c.c = cross_gcc();
  const auto inputs = [&](const Profile& profile) {
    return SdkStep{release().at(arm64), profile, 0}.inputs(keys);
  };
  CHECK_FALSE(contains(inputs({}), "layout"));
  CHECK(contains(inputs(with_c), R"("layout":3,"wrapper":")"));
  CHECK(contains(inputs(with_c), R"("profile":{"c":{"kind":"gcc","target":"aarch64-linux-gnu",)"));
  const auto wrapper = [&](const Profile& profile) {
    const std::string text = inputs(profile);
    return text.substr(text.find("\"wrapper\""));
  };
  CHECK(wrapper(with_c) != wrapper({}));  // of the scripts, too
  Profile other = with_c;
  other.c->parts[0].sha256 = sha256("another");
  CHECK(inputs(other) != inputs(with_c));
  CHECK(SdkStep{release().at(arm64), with_c, 0}.output().name() ==
        "go1.24.4-sdk-linux-arm64-cgo-" + with_c.c->identity().substr(0, 8));
  CHECK(SdkStep{release().at(arm64), other, 0}.output().name() !=
        SdkStep{release().at(arm64), with_c, 0}.output().name());
}

TEST_CASE("what is compiled for all SDKs is the same for one with C") {
  Profile with_c;
  with_c.c = cross_gcc();
  CHECK(
      HostStep{&release(), with_c.of_host(), {}, RungBelow{&release("1.23.1"), 1}, 0}.inputs({"k0", "k1"}) ==
      HostStep{&release(), {}, {}, RungBelow{&release("1.23.1"), 1}, 0}.inputs({"k0", "k1"}));
}
