#include "road/verify_output.hpp"

#include "road/rebuild.hpp"
#include "road/repair.hpp"
#include "road/verify_source.hpp"
#include "sdk/layout_check.hpp"
#include "sdk/manifest.hpp"
#include "sdk/official.hpp"
#include "sdk/verify.hpp"
#include "sdk/verify_profile.hpp"
#include "sdk/verify_std.hpp"
#include "store/located.hpp"
#include "support/files.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace gostrap {
namespace {

using Checks = std::vector<Check>;

/// One output that is being verified, with all that the questions are answered from.
struct Verification {
  const Subject& subject;
  const VerifyRequest& request;
  const Releases& releases;
  const Store& store;
  PlanProgress& watcher;
};

/// Says whose it is; nothing of what was made here.
void add_origin(const Subject& subject, Checks& checks) {
  if (!subject.entry || subject.entry->whence().empty()) return;
  if (subject.entry->is_published()) {
    const PublishedArchive& archive = *subject.entry->published;
    checks.push_back({"origin",
                      Check::Result::passed,
                      "upstream's own toolchain, out of its " + archive.file +
                          ", and not built here (--rebuild builds it from source, and compares)",
                      {"SHA-256 " + hex(archive.sha256)}});
    return;
  }
  const bool strangers = subject.entry->is_strangers();
  checks.push_back({"origin",
                    strangers ? Check::Result::not_possible : Check::Result::passed,
                    subject.entry->whence() + (strangers ? ": nobody whom you named vouches for it" : ""),
                    {}});
}

/// A GOROOT of the same release that runs here, and is neither what is to be judged nor a stranger's.
std::optional<fs::path> another_host(const Verification& of, const Manifest& manifest) {
  const Release* const release = of.releases.find(*parse_version(manifest.release));
  const auto host = release != nullptr ? of.store.find(Kind::host, *release, own_port()) : std::nullopt;
  if (!host || host->is_strangers() || fs::equivalent(host->path, of.subject.tree)) return std::nullopt;
  return goroot_of(host->path);
}

void add_rebuild(const Verification& of, const Manifest& manifest, Checks& checks) {
  const auto& [subject, request, releases, store, watcher] = of;
  if (!request.rebuild) return;
  if (!subject.whence.empty() && !manifest.profile.patches.empty() && !request.run) {
    checks.push_back(
        {"rebuild",
         Check::Result::not_possible,
         "not done: it would run what its patches make of make.bash, and they are a stranger's (" +
             subject.whence + "); --run does it all the same",
         {}});
    return;
  }
  const BuildSetup setup{.releases = releases,
                         .store = store,
                         .options = request.options(releases.get(manifest.release)),
                         .bootstrap = request.bootstrap};
  checks.push_back(
      check_rebuild(subject.tree, manifest, setup, watcher, subject.entry ? &*subject.entry : nullptr));
}

/// Whether it is what upstream published: asked for, or since nothing else would tell who made it.
bool add_official(const Verification& of, const Manifest& manifest, Progress& progress, Checks& checks) {
  const fs::path& tree = of.subject.tree;
  const bool needed = !of.subject.whence.empty() && manifest.canonical && !of.request.run;
  if (!of.request.official && !needed) return false;
  const std::optional<fs::path> host = another_host(of, manifest);
  Check check = check_official_toolchain(tree, manifest, host, of.releases, progress);
  const bool canonical = check.result == Check::Result::passed;
  checks.push_back(std::move(check));
  if (!canonical || !of.request.official) return canonical;
  if (auto packer = check_packer(tree, manifest, of.releases, progress)) checks.push_back(std::move(*packer));
  return canonical;
}

void add_hello(const Verification& of, const Manifest& manifest, bool canonical, Progress& progress,
               Checks& checks) {
  // what compiles C is where its manifest says
  const bool proven = canonical && !manifest.profile.c;
  if (!of.subject.whence.empty() && !proven && !of.request.run) {
    checks.push_back({"hello",
                      Check::Result::not_possible,
                      "not run: " + of.subject.whence + ", and " +
                          (canonical ? "it would start the C compiler that it names"
                                     : "it was not shown to be what upstream published") +
                          " (--run builds and runs one all the same)",
                      {}});
    return;
  }
  progress.phase("Building and running a hello for " + manifest.port.text());
  for (Check& check : check_hello(of.subject.tree, manifest)) checks.push_back(std::move(check));
}

void add_log(const Verification& of, const Manifest& manifest, Checks& checks) {
  if (!of.request.log) return;
  of.watcher.begin({})->phase("Looking for its module in the log");
  for (Check& check : of.request.log(logged_module(of.subject.tree, manifest)))
    checks.push_back(std::move(check));
}

/// For what has no manifest.
void add_no_log(const VerifyRequest& request, const std::string& why, Checks& checks) {
  if (!request.log) return;
  for (Check& check : request.log(no_logged_module(why))) checks.push_back(std::move(check));
}

void add_archives(const Verification& of, const Manifest& manifest, Checks& checks) {
  if (of.request.official) {
    for (Check& check : check_official_archives(of.subject.tree, manifest, of.releases))
      checks.push_back(std::move(check));
  }
  add_log(of, manifest, checks);
  if (all_hold(checks)) add_rebuild(of, manifest, checks);
}

/// The SDK that a compiled std was made with, and results of no other's go command fit; else the newest one
/// that is called the same.
std::optional<StoreEntry> sdk_of_std(const Verification& of, const Manifest& manifest) {
  if (of.subject.entry) {
    const Provenance std = read_provenance(of.store.provenance_file(of.subject.entry->entry));
    for (const StoreEntry& each : of.store.entries()) {
      const auto is_it = [&](const Provenance& from) { return from.key == each.key(); };
      if (each.kind == Kind::sdk && std::any_of(std.from.begin(), std.from.end(), is_it)) return each;
    }
  }
  return of.store.find(Kind::sdk, of.releases.get(manifest.release), manifest.port, manifest.profile);
}

/// A compiled std is judged by the store's SDK that it is for.
void add_std(const Verification& of, const Manifest& manifest, Checks& checks) {
  const Release& release = of.releases.get(manifest.release);
  const auto sdk = sdk_of_std(of, manifest);
  if (!sdk || sdk->is_strangers()) {
    checks.push_back(
        {"hello by it",
         Check::Result::not_possible,
         "the store has no SDK of " + release.name() + " for " + manifest.port.text() + " to try it with",
         {}});
  } else if (!of.subject.whence.empty() && !of.request.run) {
    checks.push_back(
        {"hello by it",
         Check::Result::not_possible,
         "not run: " + of.subject.whence + " (--run runs its program all the same; --rebuild makes it again)",
         {}});
  } else {
    of.watcher.begin({})->phase("Building a hello with and without it");
    checks.push_back(check_std(of.subject.tree, sdk->path));
  }
  add_log(of, manifest, checks);
  if (all_hold(checks)) add_rebuild(of, manifest, checks);
}

void add_toolchain(const Verification& of, const Manifest& manifest, Checks& checks) {
  const fs::path& tree = of.subject.tree;
  if (!manifest.profile.empty()) {
    checks.push_back(check_profile(tree, manifest, of.releases.get(manifest.release)));
    if (!all_hold(checks)) return;
  }
  checks.push_back(check_programs(tree, manifest));
  if (manifest.profile.c) checks.push_back(check_c_compiler(*manifest.profile.c));
  if (!all_hold(checks)) return;
  const std::shared_ptr<Progress> progress = of.watcher.begin({});
  const bool canonical = add_official(of, manifest, *progress, checks);
  if (all_hold(checks)) add_log(of, manifest, checks);
  // one with a profile is never canonical, and is not suspect for that
  if (!all_hold(checks) && manifest.canonical) return;
  add_hello(of, manifest, canonical, *progress, checks);
  add_rebuild(of, manifest, checks);
}

}  // namespace

std::vector<Check> verify_output(const Subject& subject, const VerifyRequest& request,
                                 const Releases& releases, const Store& store, PlanProgress& watcher) {
  const fs::path& tree = subject.tree;
  Checks checks;
  add_origin(subject, checks);
  if (is_source(tree)) {
    checks.push_back(verify_source(subject, releases, store));
    add_no_log(request, "upstream publishes no module of a source", checks);
    return checks;
  }
  if (subject.entry && subject.entry->kind == Kind::modules) {
    checks.push_back(request.modules(*subject.entry));
    add_no_log(request, "it is a tree of modules: go commands look each of them up", checks);
    return checks;
  }
  const Manifest manifest = read_manifest(tree);
  checks.push_back(check_files(tree, manifest));
  // what fails its hashes, or was not laid out by gostrap, is neither looked at further nor run
  if (!all_hold(checks)) return checks;
  const std::optional<Version> version = parse_version(manifest.release);
  checks.push_back(check_layout(tree, manifest, version ? releases.find(*version) : nullptr));
  if (!all_hold(checks)) return checks;
  const Verification verification{subject, request, releases, store, watcher};
  if (manifest.kind == Kind::archives) {
    add_archives(verification, manifest, checks);
  } else if (manifest.kind == Kind::compiled_std) {
    add_std(verification, manifest, checks);
  } else {
    add_toolchain(verification, manifest, checks);
  }
  return checks;
}

std::vector<Check> verify_and_repair(const Subject& subject, const VerifyRequest& request,
                                     const Releases& releases, const Store& store, PlanProgress& watcher) {
  Checks before;
  try {
    before = verify_output(subject, request, releases, store, watcher);
    if (all_hold(before)) return before;
  } catch (const Error& error) {
    watcher.begin({})->note(error.what());  // a damaged manifest, most likely
  }
  const std::string name = locate(store, subject.named).entry;
  const fs::path output = name.empty() ? subject.named : store.root() / name;
  const bool has_release = subject.entry && !subject.entry->release.empty();
  const Release& release = has_release ? releases.get(subject.entry->release) : releases.default_release();
  const BuildSetup setup{.releases = releases,
                         .store = store,
                         .options = request.options(release),
                         .bootstrap = request.bootstrap};
  const std::vector<std::string> made = repair(output, setup, watcher);
  if (made.empty()) {
    before.push_back(
        {"repair", Check::Result::not_possible, "its files are sound: there is nothing to make again", {}});
    return before;
  }
  Checks checks = verify_output(subject_of(output.string(), store), request, releases, store, watcher);
  checks.insert(checks.begin(), Check{"repair", Check::Result::passed, "made again:", made});
  return checks;
}

}  // namespace gostrap
