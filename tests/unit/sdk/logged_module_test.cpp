#include "sdk/logged_module.hpp"

#include "sdk/layout.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Manifest toolchain_of(const std::map<std::string, std::string>& files) {
  Manifest manifest;
  manifest.kind = Kind::toolchain;
  manifest.release = "1.24.4";
  manifest.hosted_on = manifest.port = Port{"linux", "amd64"};
  for (const auto& [path, text] : files) manifest.files[path] = {sha256(text), false};
  return manifest;
}

}  // namespace

TEST_CASE("a toolchain's module has what distpack packs, under the names that it gives") {
  const Manifest manifest = toolchain_of({{"share/go/VERSION", "v"},
                                          {"share/go/src/go.mod", "m"},
                                          {"share/go/src/x_go.mod", "n"},
                                          {"share/go/api/go1.txt", "left out"},
                                          {"share/go/doc/x", "left out"},
                                          {"share/go/misc/x", "left out"},
                                          {"share/go/test/x", "left out"},
                                          {"share/go/src/test/x", "stays"},
                                          {"libexec/gostrap/distpack", "ours"}});
  const LoggedModule module = logged_module("/nowhere", manifest);
  CHECK(module.version == "v0.0.1-go1.24.4.linux-amd64");
  const std::string start = "golang.org/toolchain@v0.0.1-go1.24.4.linux-amd64/";
  REQUIRE(module.hashes);
  CHECK(module.hashes->zip == h1_of_files({{start + "VERSION", sha256("v")},
                                           {start + "src/_go.mod", sha256("m")},
                                           {start + "src/x_go.mod", sha256("n")},
                                           {start + "src/test/x", sha256("stays")}}));
  // as sum.golang.org has it of every toolchain
  CHECK(module.hashes->mod == "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=");
  CHECK_FALSE(module.signed_by_others);
}

TEST_CASE("an SDK's module is that of the toolchain, with upstream's go.env") {
  const Scratch scratch;
  Manifest manifest = toolchain_of({{"share/go/go.env", "changed"}});
  manifest.kind = Kind::sdk;
  const Manifest upstream = toolchain_of({{"share/go/go.env", "as it was\n"}});
  fs::create_directories(upstream_go_env(scratch.path()).parent_path());
  write_file(upstream_go_env(scratch.path()), "as it was\n");
  CHECK(logged_module(scratch.path(), manifest).hashes->zip ==
        logged_module("/nowhere", upstream).hashes->zip);
}

TEST_CASE("what has no module says why") {
  Manifest manifest = toolchain_of({});
  manifest.kind = Kind::compiled_std;
  CHECK(contains(logged_module("/nowhere", manifest).why_not, "upstream publishes no module of a std"));
  manifest.kind = Kind::archives;
  CHECK(contains(logged_module("/nowhere", manifest).why_not,
                 "it has no files of golang.org/toolchain@v0.0.1-go1.24.4.linux-amd64"));
  manifest.hosted_on = Port{"darwin", "arm64"};
  CHECK(logged_module("/nowhere", manifest).signed_by_others);
  CHECK(contains(logged_module("/nowhere/go1.24.4.linux-amd64.tar.gz").why_not, "the zips of modules"));
  CHECK(contains(logged_module("/nowhere/v0.0.1-go1.24.4.linux-amd64.mod").why_not, "the zips of modules"));
}
