// A store with small things in it, made by steps that start no program, and whoever watches them.
#pragma once

#include "road/plan.hpp"
#include "road/realise.hpp"
#include "road/step_parts.hpp"
#include "sdk/layout.hpp"
#include "sdk/manifest.hpp"
#include "support/hash.hpp"
#include "support/nar.hpp"
#include "support/testing.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace gostrap::testing {

/// Keeps what it is told.
class Watcher final : public PlanProgress {
 public:
  struct Step final : Progress {
    explicit Step(Watcher& to) : watcher(to) {}
    void phase(const std::string&) override {}
    void amount(std::uint64_t, std::uint64_t, const char*) override {}
    void note(const std::string& text) override {
      {
        const std::lock_guard lock(watcher.mutex_);
        watcher.notes.push_back(text);
      }
      if (watcher.on_note) watcher.on_note();
    }
    Watcher& watcher;
  };
  void expect(std::size_t steps) override { expected = steps; }
  std::shared_ptr<Progress> begin(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    if (!name.empty()) begun.push_back(name);
    return std::make_shared<Step>(*this);
  }
  void end(const std::string& name, const std::string& failure) override {
    const std::lock_guard lock(mutex_);
    ended.push_back(name + (failure.empty() ? "" : ": " + failure));
  }
  void estimate(double) override {}

  std::size_t expected = 0;
  std::vector<std::string> begun, ended, notes;
  std::function<void()> on_note;

 private:
  std::mutex mutex_;
};

/// A store, and releases whose source lies in a directory.
struct Road {
  Scratch scratch;
  Store store{scratch / "store"};
  Releases releases;
  Watcher watcher;
  RealiseOptions options;

  static inline const Port riscv64{"linux", "riscv64"};

  const Release& release(const std::string& version = "1.99.0") {
    if (const Release* const known = releases.find(*parse_version(version))) return *known;
    const std::string tree = "source of " + version;
    scratch.file(tree + "/VERSION", "go" + version + "\n");
    scratch.file(tree + "/src/make.bash", "echo make\n", true);
    scratch.file(tree + "/src/a.go", "a\n");
    Release release;
    release.version = *parse_version(version);
    release.commit = std::string(40, 'c');
    release.source = nar_hash(scratch / tree).digest;
    release.origins = {(scratch / tree).string()};
    release.ports = {riscv64, {"linux", "arm64"}};
    if (!release.has(own_port())) release.ports.push_back(own_port());
    releases.put(std::move(release));
    return *releases.find(*parse_version(version));
  }
  /// No origin has its source any more.
  void lose_source(const std::string& version = "1.99.0") {
    release(version);
    fs::remove_all(scratch / ("source of " + version));
  }
  /// "a" becomes "b" in src/a.go.
  static Patch patch() {
    return checked_patch(
        "b.patch", "diff --git a/src/a.go b/src/a.go\n--- a/src/a.go\n+++ b/src/a.go\n@@ -1 +1 @@\n-a\n+b\n");
  }
  static PatchedSourceStep patched(const Release& release, Need source) {
    Profile profile;
    profile.patches = {patch().digest};
    return {&release, profile, {patch()}, source};
  }

  fs::path place(const PlannedStep& step) const { return store.path(step.entry()); }
  Realised realise(const Plan& plan) { return ::gostrap::realise(plan, store, options, watcher); }

  /// As if a host's step had been run: what it would have needed a Go for.
  void pretend_host(const PlannedStep& step, const std::vector<Provenance>& from) {
    const std::string output = "store/" + step.entry();
    scratch.file(output + "/share/go/VERSION", step.output.release->name() + "\n");
    scratch.file(output + "/share/go/go.env", "GOPROXY=p\nGOTOOLCHAIN=auto\n");
    scratch.file(output + "/share/go/bin/go", "go", true);
    scratch.file(output + "/share/go/bin/gofmt", "gofmt", true);
    finish_output(place(step), manifest_of(Kind::toolchain, *step.output.release, own_port()));
    Provenance provenance = begun_now();
    provenance.name = step.name();
    provenance.key = step.key;
    provenance.inputs = read_inputs(JsonDocument(step.inputs, "inputs").view());
    provenance.from = from;
    scratch.file("store/provenance/" + step.entry() + ".json", to_text(provenance));
  }
  /// Source, host and SDK, all in the store, the host built from scratch/"go"; the SDK is the goal.
  Plan sdk() {
    Bootstrap bootstrap;
    bootstrap.go = scratch.file("go/bin/go", "x");
    bootstrap.version = {1, 98, 0};
    Plan plan;
    plan.add(SourceStep{&release()}, "for the host");
    plan.add(HostStep{&release(), {}, {}, bootstrap, 0}, "for the SDK");
    plan.goals = {0};
    realise(plan);
    pretend_host(plan.steps[1], {read_provenance(store.provenance_file(plan.steps[0].entry()))});
    plan.goals = {plan.add(SdkStep{release().at(riscv64), {}, 1}, "asked for")};
    realise(plan);
    return plan;
  }
  /// Other text in a file of the store, under whatever names it has.
  static void damage(const fs::path& file) {
    fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
    std::ofstream(file, std::ios::binary | std::ios::app) << "more";
    fs::permissions(file, fs::perms::owner_write, fs::perm_options::remove);
  }
};

}  // namespace gostrap::testing
