// What single verbs refuse before anything is begun.
#include "cli/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Words = std::vector<std::string>;

void check_refused(const Verb& verb, const Words& words, const std::string& why) {
  const std::string error = usage_error(verb, words);
  CHECK_MESSAGE(contains(error, why), std::string(verb.name) << ": " << error);
}

}  // namespace

TEST_CASE("bazel: --check takes paths alone, and --url has a place for the file's name") {
  check_refused(bazel_verb, {"--check", "/x", "linux/amd64"}, "--check takes a path, and no ports beside it");
  check_refused(bazel_verb, {"--url", "https://x/go.tar.gz"}, "has no {} for the file's name");
}

TEST_CASE("bundle create: a file to make, parts of a sensible size, and one thing on standard output") {
  const Scratch scratch;
  const std::string modules = "--modules=" + scratch.directory("tree").string();
  const std::string out = "--out=" + (scratch / "out").string();
  check_refused(bundle_create_verb, {modules}, "--out");
  for (const char* const size : {"1k", "4095", "big", "0", "-1"})
    check_refused(
        bundle_create_verb, {modules, out, std::string("--split=") + size},
        std::string("--split takes a size of at least 4096 bytes, such as 650M, not \"") + size + "\"");
  CHECK_FALSE(fs::exists(scratch / "out"));
  const std::string taken = "standard output takes the bundle, and nothing else";
  check_refused(bundle_create_verb, {modules, "--out=-", "--json"}, taken);
  check_refused(bundle_create_verb, {modules, "--out=-", "--split=1M"}, taken);
}

TEST_CASE("bundle install: into one place") {
  check_refused(bundle_install_verb, {"b", "--to", "/x"}, "it is one of --store, --to and --nix");
  check_refused(bundle_install_verb, {"b", "--nix"}, "it is one of --store, --to and --nix");
}

TEST_CASE("bundle diff: two bundles, no more and no fewer") {
  check_refused(bundle_diff_verb, {"one"}, "it needs two bundles");
  check_refused(bundle_diff_verb, {"one", "two", "three"}, "bundle diff takes 2 arguments");
}

TEST_CASE("image: a layout to make, and words of the right form") {
  check_refused(image_app_verb, {"/no/such/program", "--no-ca"}, "-o DIR or -o FILE.tar is missing");
  check_refused(image_app_verb, {"x", "--no-ca", "-o", "y", "--compress", "best"},
                "--compress takes gzip, zstd or none, not \"best\"");
  check_refused(image_app_verb, {"x", "--no-ca", "-o", "y", "--annotation", "word"},
                "--annotation takes KEY=VALUE, not \"word\"");
  check_refused(image_app_verb, {"x", "--no-ca", "-o", "y", "--annotation", "=value"},
                "--annotation takes KEY=VALUE");
}

TEST_CASE("prune: an age with a unit, and no arguments") {
  for (const std::string age : {"", "30", "d", "30y", "-1d", "1.5d", "1000000d", "d30"})
    check_refused(prune_verb, {"--older-than=" + age}, "--older-than takes a number and a unit");
  for (const std::string age : {"0s", "5m", "12h", "30d", "999999w"})
    CHECK_MESSAGE(ran(prune_verb, {"--older-than", age}).refusal == "", age);
  check_refused(prune_verb, {"riscv64"}, "prune takes no arguments");
}

TEST_CASE("outdated: no arguments") {
  check_refused(outdated_verb, {"1.24.4"}, "outdated takes no arguments");
}

TEST_CASE("key: one file") {
  check_refused(key_verb, {"one", "two"}, "key takes 1 argument");
}

TEST_CASE("serve: loopback, unless more is wanted") {
  check_refused(serve_verb, {"/x", "--listen", "0.0.0.0:0"}, "is not loopback: other machines could read");
  CHECK_FALSE(usage_error(serve_verb, {"/x", "--listen", "nowhere"}).empty());
}

TEST_CASE("exec: a command behind --") {
  check_refused(exec_verb, {"riscv64"}, "the command is missing");
  check_refused(exec_verb, {"riscv64", "--"}, "the command is missing");
}

TEST_CASE("verify: a page is of what upstream published") {
  check_refused(verify_verb, {"/x", "--html", "page.html"}, "--html goes with --official");
}

TEST_CASE("relink: where the command will run") {
  check_refused(relink_verb, {"go"}, "--for PORT is missing: where the command will run");
}

TEST_CASE("compile: a root has a name") {
  const Scratch scratch;
  const std::string contract = scratch.file("contract.json", "{}").string();
  check_refused(compile_verb, {"--check", contract, "--root", "/x"}, "--root takes NAME=DIR, not \"/x\"");
}

TEST_CASE("the steps name what they are made from") {
  const Scratch scratch;
  check_refused(host_verb, {"--out", (scratch / "out").string()}, "--source S is missing");
  check_refused(toolchain_verb, {"riscv64", "--out", (scratch / "out").string()}, "--host H is missing");
  check_refused(sdk_verb, {"riscv64", "--out", (scratch / "out").string()}, "--host H is missing");
  check_refused(archives_verb, {"riscv64", "--out", (scratch / "out").string()}, "--host H is missing");
  CHECK(fs::is_empty(scratch.path()));
}

TEST_CASE("release add and update: what an entry is written from, and where") {
  check_refused(release_update_verb, {"--index", "ftp://x/y"}, "--index takes a file, or a URL");
  check_refused(release_update_verb, {"--into", ""}, "--into is empty");
  check_refused(release_update_verb, {"1.99.0"}, "release update takes no arguments");
  const Words all{"--index", "x", "--from", "y", "--commit", std::string(40, 'a')};
  Words version{"tip"};
  version.insert(version.end(), all.begin(), all.end());
  check_refused(release_add_verb, version, "\"tip\" is not a Go version, such as 1.24.4");
  check_refused(release_add_verb, {"1.99.0", "--index", "x", "--from", "y", "--commit", "main"},
                "--commit takes a commit in 40 lower-case hexadecimal digits, not \"main\"");
}

TEST_CASE("a release that nobody pinned is refused by those that use one") {
  for (const Verb* const verb : {&build_verb, &plan_verb})
    CHECK_MESSAGE(contains(ran(*verb, {"riscv64", "--release", "1.97.0"}).refusal, "1.97.0"),
                  std::string(verb->name));
}
