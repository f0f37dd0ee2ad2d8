#include "sdk/additions.hpp"

#include "release/c_compiler_samples.hpp"
#include "sdk/layout.hpp"
#include "support/hash.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Port amd64{"linux", "amd64"};
const Version release{1, 24, 4};

std::string list(const std::vector<AddedFile>& files) {
  std::string text;
  for (const AddedFile& file : files) {
    text += file.path + (file.link ? " -> " + file.text : file.executable ? " x" : "") + "\n";
  }
  return text;
}

Profile with_settings(const std::map<std::string, std::string>& settings) {
  Profile profile;
  profile.settings = settings;
  return profile;
}

std::string digest(const Port& port, const std::string& path, int layout = 1,
                   const std::map<std::string, std::string>& settings = {}) {
  for (const AddedFile& file : added_files(port, amd64, release, with_settings(settings), layout)) {
    if (file.path == path) return hex(sha256(file.text));
  }
  return "none";
}

/// The head of the manifest of an SDK that was laid out by gostrap before there were numbers.
constexpr const char* manifest_1 = R"({
  "schema": 1, "kind": "sdk", "release": "1.24.4", "commit": "6796ebb2cb66b316a07998cdcd69b1c486b8579e",
  "source": "sha256-VbVkJ2v0ofF/47jR1KJp5tbSQNQ2OUC3vvhPHoJO4Zg=", "hostedOn": "linux/amd64",
  "port": "linux/riscv64", "profile": {}, "canonical": true, "differences": ["go.env"],
  "nar": "sha256-rnzosbFGl/LhmBt+moaBxmwYQYV5NrBEzYi0ITLanB8=",
  "files": {"bin/go_linux_riscv64_exec": "950d7fc430f3cbb38badc331894e503a3ba75cd2abc299c95e4f6af513003dd2 x"},
  "links": {"GOROOT": "share/go", "bin/go": "../share/go/bin/go", "bin/gofmt": "../share/go/bin/gofmt", "go": "share/go"}
})";

Manifest manifest_with(const std::string& layout) {
  std::string text = manifest_1;
  text.replace(text.find("\"kind\""), 0, "\"layout\": " + layout + ", ");
  return manifest_from_json(JsonDocument(text, "manifest.json").view());
}

fs::path toolchain(const Scratch& scratch) {
  scratch.file("host/share/go/go.env", "GOPROXY=p\nGOTOOLCHAIN=auto\n");
  scratch.file("host/share/go/bin/go", "go", true);
  scratch.file("host/share/go/bin/gofmt", "gofmt", true);
  Manifest manifest;
  manifest.kind = Kind::toolchain;
  manifest.release = "1.24.4";
  manifest.hosted_on = manifest.port = amd64;
  finish_output(scratch / "host", manifest);
  return scratch / "host";
}

Release release_1_24_4() {
  Release known;
  known.version = {1, 24, 4};
  known.ports = {amd64, {"linux", "riscv64"}, {"wasip1", "wasm"}};
  return known;
}

}  // namespace

TEST_CASE("what layout 1 adds is, to the byte, what it was when it was laid out") {
  // of SDKs of go1.24.4 that were laid out then
  CHECK(digest({"linux", "riscv64"}, "bin/go_linux_riscv64_exec") ==
        "950d7fc430f3cbb38badc331894e503a3ba75cd2abc299c95e4f6af513003dd2");
  CHECK(digest({"linux", "arm64"}, "bin/go_linux_arm64_exec") ==
        "2081c3e420f64e81f800d57ade10370b801f944076c5397770cb7ecc7004b86b");
  CHECK(digest({"js", "wasm"}, "bin/go_js_wasm_exec") ==
        "1baec61fcb4ad536e38ac1df4af3a885992b1553892af2ad05561df7736ecbc6");
  CHECK(digest({"wasip1", "wasm"}, "bin/go_wasip1_wasm_exec") ==
        "a350b493cf0f03beae0a3bba6adc3a5d40633a798b890dc7a2c5a6b05ce2ea3e");
  CHECK(digest({"wasip1", "wasm"}, "share/gostrap/wasi_exec.mjs") ==
        "6b08bac7ee58ab0b7ef21c879b82784bcc1800493bb7ac1a2ed182e5a8d54a68");
  CHECK(list(added_files(amd64, amd64, release, with_settings({{"GOAMD64", "v3"}}), 1)) ==
        "GOROOT -> share/go\ngo -> share/go\nbin/go -> ../share/go/bin/go\nbin/gofmt -> "
        "../share/go/bin/gofmt\n");
}

// Whoever changes one of these texts makes a new layout, and keeps this one: SDKs of it are about.
TEST_CASE("what layout 2 adds is, to the byte, what it was when it was laid out") {
  CHECK(digest({"linux", "riscv64"}, "bin/go", 2) ==
        "8dc2bc179c42e328b6abd8c9a2627c413f759cdb03c484de364a8470d23abd1b");
  CHECK(digest(amd64, "bin/go", 2, {{"GOAMD64", "v3"}}) ==
        "99a29697047f39a0315797e1039040df1089d0b9e15637f608f6edbfa41363b4");
  CHECK(digest({"linux", "riscv64"}, "bin/go_linux_riscv64_exec", 2) ==
        "0e8a9876bc37264d035177f8c934ab9d3b3961603722cab4809c6816418dea8a");
  CHECK(digest({"js", "wasm"}, "bin/go_js_wasm_exec", 2) ==
        "e14513bfee4b711832454a5dc8dd53e722e87b5de08b102b9f5597d1850cd61c");
  CHECK(digest({"js", "wasm"}, "share/gostrap/wasm_environment.cjs", 2) ==
        "f75834f07a1b069216e5fe9e9e30e2b166f950bdfebe2177634b019039d450f3");
  CHECK(digest({"wasip1", "wasm"}, "bin/go_wasip1_wasm_exec", 2) ==
        "e49d9117d4054e712b7d21c713439b39810654cf5cea345ec5a04c5f5cf52e32");
  CHECK(digest({"wasip1", "wasm"}, "share/gostrap/wasi_exec.mjs", 2) ==
        "6b08bac7ee58ab0b7ef21c879b82784bcc1800493bb7ac1a2ed182e5a8d54a68");
}

TEST_CASE("layout 2 has a launcher") {
  CHECK(list(added_files({"wasip1", "wasm"}, amd64, release, {})) ==
        "GOROOT -> share/go\ngo -> share/go\nbin/gofmt -> ../share/go/bin/gofmt\nbin/go x\n"
        "bin/go_wasip1_wasm_exec x\nshare/gostrap/wasi_exec.mjs\n");
}

TEST_CASE("layout 3 is that of SDKs that compile C, and of no others") {
  Profile with_c;
  CHECK(layout_of(with_c) == 2);
  with_c.settings["GOARM64"] = "v8.1";
  CHECK(layout_of(with_c) == 2);
  with_c.c = cross_gcc();
  CHECK(layout_of(with_c) == 3);
  CHECK(list(added_files({"linux", "arm64"}, amd64, release, with_c, 3)) ==
        "GOROOT -> share/go\ngo -> share/go\nbin/gofmt -> ../share/go/bin/gofmt\nbin/go x\n"
        "bin/go_linux_arm64_exec x\nbin/go_linux_arm64_cc x\nbin/go_linux_arm64_cxx x\nbin/go_linux_arm64_ar "
        "x\n"
        "bin/go_linux_arm64_pkg_config x\n");
  CHECK(list(added_files({"linux", "arm64"}, amd64, release, {}, 3)) ==
        list(added_files({"linux", "arm64"}, amd64, release, {}, 2)));
}

TEST_CASE("an SDK that compiles C is laid out with its tools, and its go.env names them") {
  const Scratch scratch;
  Release known = release_1_24_4();
  known.ports.push_back({"linux", "arm64"});
  const Port arm64{"linux", "arm64"};
  Profile with_c;
  with_c.c = cross_gcc();
  const fs::path sdk = scratch.directory("sdk");
  make_sdk({known.at(arm64), with_c, toolchain(scratch)}, CopyMode::copy, sdk);
  const Manifest manifest = read_manifest(sdk);
  CHECK(manifest.layout == 3);
  CHECK(manifest.canonical);
  CHECK(manifest.differences == std::vector<std::string>{"go.env"});
  CHECK(manifest.profile == with_c);
  for (const AddedFile& file : added_files(arm64, amd64, release, with_c, 3)) {
    if (!file.link) CHECK(manifest.files.at(file.path) == FileRecord{sha256(file.text), true});
  }
  CHECK(read_file(sdk / "share/go/go.env") ==
        "GOPROXY=p\n\n# This SDK targets linux/arm64 by default and never replaces itself by another "
        "toolchain.\n"
        "GOTOOLCHAIN=local\nGOOS=linux\nGOARCH=arm64\n\n# The profile it was made with.\n"
        "AR=go_linux_arm64_ar\nCC=go_linux_arm64_cc\nCGO_ENABLED=1\nCXX=go_linux_arm64_cxx\n"
        "PKG_CONFIG=go_linux_arm64_pkg_config\n");
}

TEST_CASE("toolchains and archives are as they have always been") {
  CHECK(list(output_links(Kind::toolchain, amd64)) ==
        "GOROOT -> share/go\ngo -> share/go\nbin/go -> ../share/go/bin/go\nbin/gofmt -> "
        "../share/go/bin/gofmt\n");
  CHECK(contains(list(output_links(Kind::toolchain, {"windows", "amd64"})),
                 "bin/go.exe -> ../share/go/bin/go.exe\n"));
  CHECK(output_links(Kind::archives, amd64).empty());
  const Scratch scratch;
  CHECK_FALSE(contains(read_file(manifest_path(toolchain(scratch))), "layout"));
}

TEST_CASE("a manifest without a number is of layout 1; one of a newer gostrap is refused as that") {
  const JsonDocument document(manifest_1, "manifest.json");
  const Manifest manifest = manifest_from_json(document.view());
  CHECK(manifest.layout == 1);
  CHECK(to_json(manifest).dump() == to_json(manifest_with("1")).dump());
  CHECK_FALSE(to_json(manifest).contains("layout"));
  CHECK(manifest_with("2").layout == 2);
  CHECK(manifest_with("3").layout == 3);
  CHECK(to_json(manifest_with("2"))["layout"] == 2);
  for (const char* newer : {"4", "4294967297", "18446744073709551615"}) {
    CHECK_MESSAGE(contains(error_of([&] { manifest_with(newer); }), "it was made by a newer gostrap"), newer);
  }
  for (const char* wrong : {"0", "-1", "1.5", "\"2\"", "null", "[]", "1e3"}) {
    CHECK_MESSAGE(contains(error_of([&] { manifest_with(wrong); }), "layout: it should be a number"), wrong);
  }
}

TEST_CASE("an SDK holds exactly what its layout adds, in every layout that there was") {
  const Scratch scratch;
  const fs::path host = toolchain(scratch);
  for (int layout = 1; layout <= current_layout; ++layout) {
    for (const Port& port : release_1_24_4().ports) {
      const fs::path sdk = scratch.directory(port.dashed() + std::to_string(layout));
      make_sdk({release_1_24_4().at(port), {}, host, layout}, CopyMode::copy, sdk);
      const Manifest manifest = read_manifest(sdk);
      CHECK(manifest.layout == layout);
      std::size_t files = 0;
      for (const AddedFile& file : added_files(port, amd64, release, {}, layout)) {
        if (file.link) {
          CHECK(manifest.links.at(file.path) == file.text);
        } else {
          ++files;
          CHECK(manifest.files.at(file.path) == FileRecord{sha256(file.text), file.executable});
        }
      }
      // beside share/go and what is the host's
      for (const auto& [path, record] : manifest.files) {
        if (!path.starts_with("share/go/") && path != "share/gostrap/upstream-go.env") CHECK(files-- > 0);
      }
      CHECK(files == 0);
    }
  }
}
