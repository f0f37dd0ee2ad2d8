#include "sdk/layout_check.hpp"

#include "release/c_compiler_samples.hpp"
#include "sdk/layout.hpp"
#include "sdk/module.hpp"
#include "support/strings.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Words = std::vector<std::string>;

const Port amd64{"linux", "amd64"};
const Port riscv64{"linux", "riscv64"};

Release sample_release() {
  Release release;
  release.version = {1, 99, 0};
  release.commit = std::string(40, 'c');
  release.source = sha256("source");
  release.ports = {amd64, riscv64};
  return release;
}

Manifest manifest_of(Kind kind) {
  Manifest manifest;
  manifest.kind = kind;
  manifest.release = "1.99.0";
  manifest.commit = sample_release().commit;
  manifest.source = *sample_release().source;
  manifest.hosted_on = manifest.port = amd64;
  return manifest;
}

/// A toolchain, an SDK made from it, and archives: all as gostrap lays them out, until something is changed.
struct Bench {
  Scratch scratch;
  Release release = sample_release();

  Bench() {
    scratch.file("host/share/go/VERSION", "go1.99.0\n");
    scratch.file("host/share/go/go.env", "GOTOOLCHAIN=auto\n");
    scratch.file("host/share/go/bin/go", "go", true);
    finish_output(scratch / "host", manifest_of(Kind::toolchain));
    make_sdk({release.at(riscv64), {}, scratch / "host"}, CopyMode::copy, scratch.directory("sdk"));
    for (const TreeEntry& entry : list_tree(scratch.path())) {
      if (entry.type != TreeEntry::Type::symlink)
        fs::permissions(scratch / entry.path, fs::perms::owner_write, fs::perm_options::add);
    }
  }
  void archives() const {
    scratch.file("archives/" + archive_name("1.99.0", amd64), "bits");
    finish_output(scratch / "archives", manifest_of(Kind::archives));
    fs::permissions(scratch / "archives", fs::perms::owner_write, fs::perm_options::add);
  }
  Check check(const std::string& output, const Manifest& manifest) const {
    return check_layout(scratch / output, manifest, &release);
  }
  Check check(const std::string& output) const { return check(output, read_manifest(scratch / output)); }
  /// What is wrong with the SDK by another manifest than its own.
  Words by(const std::function<void(Manifest&)>& change, const std::string& output = "sdk") const {
    Manifest manifest = read_manifest(scratch / output);
    change(manifest);
    return check(output, manifest).details;
  }
};

}  // namespace

TEST_CASE("what gostrap laid out is as it lays out") {
  const Bench bench;
  bench.archives();
  for (const std::string output : {"host", "sdk", "archives"}) {
    const Check check = bench.check(output);
    CHECK_MESSAGE(check.result == Check::Result::passed, output);
    CHECK(check.says == "all beside share/go is as gostrap lays it out");
  }
}

TEST_CASE("what lies beside share/go and is not gostrap's is named: files, links, directories") {
  const Bench bench;
  bench.scratch.file("sdk/bin/more", "", true);
  bench.scratch.link("sdk/link", "/etc");
  bench.scratch.directory("sdk/empty");
  const Check check = bench.check("sdk");
  CHECK(check.result == Check::Result::failed);
  CHECK(check.says == "3 things are not as gostrap lays out");
  CHECK(check.details ==
        Words{"bin/more is not gostrap's", "empty is not gostrap's", "link is a link, and not gostrap's"});
}

TEST_CASE("what lies in share/go is others' to check, links aside") {
  const Bench bench;
  bench.scratch.file("sdk/share/go/src/more.go", "");
  CHECK(bench.check("sdk").details.empty());
  bench.scratch.link("sdk/share/go/link", "/etc");
  CHECK(bench.check("sdk").details == Words{"share/go/link is a link, and not gostrap's"});
}

TEST_CASE("what gostrap adds has its own text and x bit") {
  const Bench bench;
  bench.scratch.file("sdk/bin/go", "#!/bin/sh\nevil\n", true);
  fs::permissions(bench.scratch / "sdk/bin/go_linux_riscv64_exec", fs::perms(0644));
  bench.scratch.file("sdk/share/go/go.env", "GOPROXY=evil\n");
  CHECK(bench.check("sdk").details == Words{"bin/go is not what gostrap lays out",
                                            "bin/go_linux_riscv64_exec is not what gostrap lays out",
                                            "share/go/go.env is not what gostrap lays out"});
}

TEST_CASE("a link that leads elsewhere is named with both places") {
  const Bench bench;
  fs::remove(bench.scratch / "sdk/GOROOT");
  bench.scratch.link("sdk/GOROOT", "/elsewhere");
  CHECK(bench.check("sdk").details == Words{"GOROOT leads to /elsewhere, not to share/go"});
}

TEST_CASE("what is missing is named") {
  const Bench bench;
  fs::remove(bench.scratch / "sdk/GOROOT");
  fs::remove(bench.scratch / "sdk/bin/go");
  CHECK(bench.check("sdk").details == Words{"bin/go is missing", "GOROOT is missing"});
}

TEST_CASE("what anybody may write, or runs as another user, is refused wherever it lies") {
  const Bench bench;
  fs::permissions(bench.scratch / "sdk/share/go/VERSION", fs::perms(0646));
  fs::permissions(bench.scratch / "sdk/share/go/bin/go", fs::perms(04755));
  fs::permissions(bench.scratch / "sdk/bin", fs::perms(0777));
  CHECK(bench.check("sdk").details == Words{"bin may be written by everybody",
                                            "share/go/VERSION may be written by everybody",
                                            "share/go/bin/go runs as another user (a set-ID bit)"});
}

TEST_CASE("a manifest that contradicts itself is not believed") {
  const Bench bench;
  CHECK(bench.by([](Manifest& manifest) { manifest.canonical = false; }) ==
        Words{"the manifest says the wrong thing about canonical"});
  CHECK(bench.by([](Manifest& manifest) { manifest.differences = {}; }) ==
        Words{"the manifest says the wrong thing about what differs from upstream's"});
  CHECK(bench.by([](Manifest& manifest) { manifest.port = riscv64; }, "host") ==
        Words{"the manifest names two ports of one toolchain"});
}

TEST_CASE("only an SDK can be made with what is bound in one") {
  const Bench bench;
  CHECK(bench.by([](Manifest& manifest) { manifest.profile.settings["GOAMD64"] = "v3"; }, "host") ==
        Words{"the manifest says of a toolchain what only an SDK can be made with"});
}

TEST_CASE("a manifest that contradicts the pins is not believed") {
  const Bench bench;
  const std::string another = "the manifest names another source than go1.99.0 is pinned to";
  CHECK(bench.by([](Manifest& manifest) { manifest.commit = std::string(40, 'd'); }) == Words{another});
  CHECK(bench.by([](Manifest& manifest) { manifest.source = sha256("another"); }) == Words{another});
  CHECK(bench.by([](Manifest& manifest) {
               manifest.hosted_on = {"linux", "arm64"};
             })
            .back() == "the manifest names a port that go1.99.0 has not, or does not run on");
}

TEST_CASE("the toolchain calls itself as its release") {
  const Bench bench;
  bench.scratch.file("sdk/share/go/VERSION", "go1.98.0\n");
  CHECK(bench.check("sdk").details == Words{"share/go/VERSION is not go1.99.0's"});
}

TEST_CASE("archives are the release's archive and its module, and no more") {
  const Bench bench;
  bench.archives();
  bench.scratch.file("archives/" + module_version("1.99.0", amd64) + ".zip", "");
  CHECK(bench.check("archives").details.empty());
  bench.scratch.file("archives/go1.98.0.linux-amd64.tar.gz", "");
  CHECK(bench.check("archives").details == Words{"go1.98.0.linux-amd64.tar.gz is not gostrap's"});
  fs::remove(bench.scratch / "archives" / archive_name("1.99.0", amd64));
  CHECK(bench.check("archives").details.back() == archive_name("1.99.0", amd64) + " is missing");
}

TEST_CASE("an SDK of an earlier layout is as that was, and how to have it anew is told") {
  const Bench bench;
  make_sdk({bench.release.at(riscv64), {}, bench.scratch / "host", 1}, CopyMode::copy,
           bench.scratch.directory("earlier"));
  const Check check = bench.check("earlier");
  CHECK(check.result == Check::Result::passed);
  CHECK(contains(check.says, " of layout 1, which an earlier one made; now it is 2"));
  CHECK(contains(check.says, "gostrap build linux/riscv64 --release 1.99.0"));
}

TEST_CASE(
    "of an SDK that compiles C the scripts are what its compiler makes of them, so that none starts another "
    "one") {
  Bench bench;
  Profile with_c;
  with_c.c = cross_gcc();
  with_c.c->target = "riscv64-linux-gnu";
  make_sdk({bench.release.at(riscv64), with_c, bench.scratch / "host"}, CopyMode::copy,
           bench.scratch.directory("c"));
  const Check check = bench.check("c");
  CHECK(check.details.empty());
  CHECK(check.says == "all beside share/go is as gostrap lays it out");
  CHECK(contains(join(bench.by([](Manifest& manifest) { manifest.profile.c->cc = "/tmp/mine"; }, "c"), "\n"),
                 "bin/go_linux_riscv64_cc "));
  CHECK(bench.by([](Manifest& manifest) { manifest.profile.c->is_static = true; }, "c").size() >= 2);
  CHECK_FALSE(bench.by([](Manifest& manifest) { manifest.profile.c.reset(); }, "c").empty());
  for (const char* file : {"bin/go_linux_riscv64_cc", "bin/go_linux_riscv64_pkg_config", "share/go/go.env"}) {
    fs::permissions(bench.scratch / "c" / file, fs::perms::owner_write, fs::perm_options::add);
    bench.scratch.file(std::string("c/") + file, "#!/bin/sh\nexec /tmp/mine\n",
                       !std::string(file).ends_with(".env"));
    CHECK_MESSAGE(contains(join(bench.check("c").details, "\n"), file), file);
  }
}
