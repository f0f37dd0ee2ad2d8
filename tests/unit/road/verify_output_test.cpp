#include "road/verify_output.hpp"

#include "sdk/manifest.hpp"
#include "support/hash.hpp"
#include "support/nar.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// A watcher that keeps what is noted.
class Notes final : public PlanProgress {
 public:
  struct Step final : Progress {
    explicit Step(std::vector<std::string>& all) : texts(all) {}
    void phase(const std::string&) override {}
    void amount(std::uint64_t, std::uint64_t, const char*) override {}
    void note(const std::string& text) override { texts.push_back(text); }
    std::vector<std::string>& texts;
  };
  void expect(std::size_t) override {}
  std::shared_ptr<Progress> begin(const std::string&) override { return std::make_shared<Step>(texts); }
  void end(const std::string&, const std::string&) override {}
  void estimate(double) override {}

  std::vector<std::string> texts;
};

/// "files: ok, layout: failed"
std::string summary(const std::vector<Check>& checks) {
  std::string text;
  for (const Check& check : checks) {
    text += (text.empty() ? "" : ", ") + check.name + ": " +
            (check.result == Check::Result::passed   ? "ok"
             : check.result == Check::Result::failed ? "failed"
                                                     : "-");
  }
  return text;
}

struct Bench {
  Scratch scratch;
  Store store{scratch / "store"};
  Releases releases;
  Notes watcher;
  VerifyRequest request;

  Subject subject(const fs::path& tree) {
    Subject subject;
    subject.named = subject.tree = tree;
    return subject;
  }
  std::string verify(const Subject& of) {
    return summary(verify_output(of, request, releases, store, watcher));
  }

  /// The source of a release that is pinned to it.
  fs::path source() {
    scratch.file("go/VERSION", "go1.99.0\n");
    scratch.file("go/src/make.bash", "echo make\n", true);
    Release release;
    release.version = {1, 99, 0};
    release.source = nar_hash(scratch / "go").digest;
    releases.put(release);
    return scratch / "go";
  }
  /// An output of archives with one file in it.
  fs::path archives() {
    const fs::path output = scratch.directory("archives");
    scratch.file("archives/go1.99.0.linux-riscv64.tar.gz", "bits");
    Manifest manifest;
    manifest.kind = Kind::archives;
    manifest.release = "1.99.0";
    manifest.hosted_on = manifest.port = {"linux", "riscv64"};
    manifest.canonical = true;
    record_contents(output, manifest);
    fs::create_directories(manifest_path(output).parent_path());
    write_file(manifest_path(output), to_text(to_json(manifest)));
    return output;
  }
};

StoreEntry entry(Kind kind, Origin origin) {
  StoreEntry entry;
  entry.entry = std::string(32, 'a') + "-x";
  entry.kind = kind;
  entry.origin = origin;
  entry.bundle = "sha256:" + std::string(64, 'b');
  return entry;
}

}  // namespace

TEST_CASE("a source is asked for its pin, and for nothing else") {
  Bench bench;
  const fs::path source = bench.source();
  CHECK(bench.verify(bench.subject(source)) == "source: ok");
  bench.scratch.file("go/more", "");
  CHECK(bench.verify(bench.subject(source)) == "source: failed");
}

TEST_CASE("whose an entry is stands before all else, where it was not made here") {
  Bench bench;
  Subject subject = bench.subject(bench.source());
  subject.entry = entry(Kind::source, Origin::stranger);
  CHECK(bench.verify(subject) == "origin: -, source: ok");
  subject.entry = entry(Kind::source, Origin::vouched);
  CHECK(bench.verify(subject) == "origin: ok, source: ok");
}

TEST_CASE("a tree of modules is asked for its key") {
  Bench bench;
  Subject subject = bench.subject(bench.scratch.directory("modules"));
  subject.entry = entry(Kind::modules, Origin::built);
  subject.entry->bundle.clear();
  bench.request.modules = [](const StoreEntry& of) { return Check{"contents", {}, of.entry, {}}; };
  CHECK(bench.verify(subject) == "contents: ok");
}

TEST_CASE("archives are asked for their files and their layout, and for more where that is wanted") {
  Bench bench;
  CHECK(bench.verify(bench.subject(bench.archives())) == "files: ok, layout: ok");
}

TEST_CASE("what fails its hashes, or was not laid out by gostrap, is not looked at further") {
  Bench bench;
  bench.request.official = bench.request.rebuild = bench.request.run = true;
  const fs::path archives = bench.archives();
  fs::permissions(archives / "go1.99.0.linux-riscv64.tar.gz", fs::perms(0666));
  CHECK(bench.verify(bench.subject(archives)) == "files: ok, layout: failed");
  bench.scratch.file("archives/go1.99.0.linux-riscv64.tar.gz", "bitz");
  CHECK(bench.verify(bench.subject(archives)) == "files: failed");
}

TEST_CASE("what is no output at all is an error, and so is one that cannot be made again") {
  Bench bench;
  const Subject subject = bench.subject(bench.scratch.directory("empty"));
  CHECK(contains(error_of([&] { bench.verify(subject); }), "manifest.json"));
  bench.source();
  bench.request.options = [](const Release&) { return RealiseOptions(); };
  CHECK(error_of([&] {
          verify_and_repair(subject, bench.request, bench.releases, bench.store, bench.watcher);
        }) != "");
  REQUIRE(bench.watcher.texts.size() == 1);
  CHECK(contains(bench.watcher.texts[0], "manifest.json"));
}

TEST_CASE("what is sound is not made again") {
  Bench bench;
  const Subject subject = bench.subject(bench.source());
  CHECK(summary(verify_and_repair(subject, bench.request, bench.releases, bench.store, bench.watcher)) ==
        "source: ok");
}
