// gostrap verify: hold outputs against their manifests, and against what upstream published.
#include "sdk/verify.hpp"

#include "bundle/contents.hpp"
#include "cli/plan_request.hpp"
#include "cli/proof.hpp"
#include "cli/safe_streams.hpp"
#include "cli/strangers.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "road/rebuild.hpp"
#include "road/repair.hpp"
#include "sdk/against.hpp"
#include "sdk/layout_check.hpp"
#include "sdk/official.hpp"
#include "sdk/verify_profile.hpp"
#include "store/in_use.hpp"
#include "store/located.hpp"
#include "support/hash.hpp"
#include "support/nar.hpp"
#include "support/process.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <optional>

namespace gostrap {
namespace {

const char* mark(Check::Result result) {
  switch (result) {
    case Check::Result::passed:
      return "ok    ";
    case Check::Result::failed:
      return "FAILED";
    case Check::Result::not_possible:
      break;
  }
  return "-     ";
}

const char* word(Check::Result result) {
  switch (result) {
    case Check::Result::passed:
      return "passed";
    case Check::Result::failed:
      return "failed";
    case Check::Result::not_possible:
      break;
  }
  return "not possible";
}

/// What is to be verified, its name resolved.
struct Subject {
  fs::path named;                   ///< for people
  fs::path tree;                    ///< without links
  std::optional<StoreEntry> entry;  ///< where it is one of the store's
  std::string whence;               ///< why its programs are not run unasked; empty where they are
};

/// Without what says nothing in it: but behind a link `..` says something.
fs::path named_plainly(const std::string& word) {
  const fs::path typed = fs::absolute(word), normal = typed.lexically_normal();
  std::error_code failed;
  return fs::equivalent(typed, normal, failed) || !fs::exists(typed, failed) ? normal : typed;
}

/// docs/TRUST.md: what was made here, vouched for, or lies in the Nix store is run; of all else it is first
/// asked whether it is what upstream published.
Subject subject_of(const std::string& word, const Store& store) {
  Subject subject;
  subject.named = named_plainly(word);
  subject.tree = locate(store, word).tree;
  subject.entry = entry_at(store, word);
  if (subject.entry) {
    if (subject.entry->is_strangers()) subject.whence = subject.entry->whence();
    return subject;
  }
  const std::string tree = subject.tree.string();
  const std::optional<std::string> builders = environment_value("NIX_STORE");
  const bool in_nix = tree.starts_with("/nix/store/") || (builders && tree.starts_with(*builders + "/"));
  if (in_nix) return subject;
  const auto beside = origin_at(store, word);
  subject.whence = beside ? beside->whence() : "nobody here knows where it comes from";
  return subject;
}

/// A GOROOT of the same release that runs here, and is neither what is to be judged nor a stranger's.
std::optional<fs::path> another_host(const fs::path& output, const Manifest& manifest,
                                     const Releases& releases, const Store& store) {
  const Release* const release = releases.find(*parse_version(manifest.release));
  const auto host = release != nullptr ? store.find(Kind::host, *release, own_port()) : std::nullopt;
  if (!host || host->is_strangers() || fs::equivalent(host->path, output)) return std::nullopt;
  return goroot_of(host->path);
}

/// A source has no manifest: its pin says what it is.
bool is_source(const fs::path& output) {
  return fs::is_regular_file(output / "VERSION") && fs::is_regular_file(output / "src" / "make.bash") &&
         !fs::exists(manifest_path(output)) && !fs::exists(output / "bin");
}

/// A patched source is what its provenance in the store says; nothing for any other.
std::optional<Check> verify_patched_source(const Subject& subject, const Store& store) {
  if (!subject.entry || subject.entry->profile.patches.empty() || subject.entry->is_strangers())
    return std::nullopt;
  const StoreEntry& entry = *subject.entry;
  const Provenance provenance = read_provenance(store.provenance_file(entry.entry));
  const std::string nar = provenance.making ? provenance.making->nar : std::string();
  const std::string found = sri(nar_hash(subject.tree).digest);
  if (found == nar)
    return Check{"source",
                 Check::Result::passed,
                 "the pinned source of go" + entry.release + " with " + entry.profile.text(),
                 {}};
  return Check{"source", Check::Result::failed, "its NAR hash is " + found + ", and was " + nar, {}};
}

Check verify_source(const Subject& subject, const Releases& releases, const Store& store) {
  if (auto patched = verify_patched_source(subject, store)) return *patched;
  const fs::path& tree = subject.tree;
  const std::string version = read_file(tree / "VERSION", 4096);
  const Release& release = releases.get(version.substr(0, version.find('\n')));
  try {
    check_source(release, tree);
    return {"source",
            Check::Result::passed,
            "the source of " + release.name() + ", as pinned: " + sri(release.source),
            {}};
  } catch (const Error& error) {
    if (is_trouble_of_machine(error)) throw;
    return {"source", Check::Result::failed, error.why(), {}};
  }
}

/// A tree of modules has no manifest: the key in its name is the hash of what is in it. Nothing for any other
/// tree.
std::optional<Check> verify_modules(const Subject& subject) {
  if (!subject.entry || subject.entry->kind != Kind::modules) return std::nullopt;
  const StoreEntry& entry = *subject.entry;
  const Contents contents = TreeRecorder().record({subject.tree}).front();
  const std::string key = key_of_contents(entry.kind, sha256(to_text(contents)));
  if (key == entry.key())
    return Check{"contents",
                 Check::Result::passed,
                 std::to_string(count_files(contents)) + " files, and their hash is the key in its name",
                 {}};
  return Check{"contents", Check::Result::failed, "they hash to " + key + ", not to the key in its name", {}};
}

/// Says whose it is; nothing of what was made here.
void add_origin(const Subject& subject, std::vector<Check>& checks) {
  if (!subject.entry || subject.entry->whence().empty()) return;
  const bool strangers = subject.entry->is_strangers();
  checks.push_back({"origin",
                    strangers ? Check::Result::not_possible : Check::Result::passed,
                    subject.entry->whence() + (strangers ? ": nobody whom you named vouches for it" : ""),
                    {}});
}

struct VerifyWords {
  ProofWords proof;
  bool rebuild = false, run = false, repair = false;
  MakingWords making;

  void declare(Options& options) {
    proof.declare(options);
    options.add("rebuild",
                "build it again below $TMPDIR, with another directory, umask, locale, time zone, user name, "
                "number of "
                "processors and order of files, and compare byte for byte",
                rebuild);
    options.add("run", "build and run a hello with it, whoever made it", run);
    options.add("repair", "make an entry of the store again when it is damaged, and what it was made from",
                repair);
    making.declare(options);
  }
};

void add_rebuild(const Subject& subject, const Manifest& manifest, const VerifyWords& words,
                 const Releases& releases, PlanProgress& watcher, std::vector<Check>& checks) {
  if (!words.rebuild) return;
  if (!subject.whence.empty() && !manifest.profile.patches.empty() && !words.run) {
    checks.push_back(
        {"rebuild",
         Check::Result::not_possible,
         "not done: it would run what its patches make of make.bash, and they are a stranger's (" +
             subject.whence + "); --run does it all the same",
         {}});
    return;
  }
  const RealiseOptions options =
      realise_options(words.making, words.proof.common.offline(), releases.get(manifest.release));
  const Store store = words.proof.common.store();
  checks.push_back(check_rebuild(
      subject.tree, manifest,
      {.releases = releases, .store = store, .options = options, .bootstrap = words.making.bootstrap},
      watcher));
}

/// Whether it is what upstream published: asked for, or since nothing else would tell who made it.
bool add_official(const Subject& subject, const Manifest& manifest, const VerifyWords& words,
                  const Releases& releases, Progress& progress, std::vector<Check>& checks) {
  const bool needed = !subject.whence.empty() && manifest.canonical && !words.run;
  if (!words.proof.official && !needed) return false;
  const std::optional<fs::path> host =
      another_host(subject.tree, manifest, releases, words.proof.common.store());
  Check check = check_official_toolchain(subject.tree, manifest, host, releases, progress);
  const bool canonical = check.result == Check::Result::passed;
  checks.push_back(std::move(check));
  if (!canonical || !words.proof.official) return canonical;
  if (auto packer = check_packer(subject.tree, manifest, releases, progress))
    checks.push_back(std::move(*packer));
  return canonical;
}

void add_hello(const Subject& subject, const Manifest& manifest, bool canonical, const VerifyWords& words,
               Progress& progress, std::vector<Check>& checks) {
  if (!subject.whence.empty() && !canonical && !words.run) {
    checks.push_back(
        {"hello",
         Check::Result::not_possible,
         "not run: " + subject.whence +
             ", and it was not shown to be what upstream published (--run builds and runs one all "
             "the same)",
         {}});
    return;
  }
  progress.phase("Building and running a hello for " + manifest.port.text());
  for (Check& check : check_hello(subject.tree, manifest)) checks.push_back(std::move(check));
}

std::vector<Check> verify_output(const Subject& subject, const VerifyWords& words, const Releases& releases,
                                 PlanProgress& watcher) {
  const fs::path& output = subject.tree;
  std::vector<Check> checks;
  add_origin(subject, checks);
  if (is_source(output)) {
    checks.push_back(verify_source(subject, releases, words.proof.common.store()));
    return checks;
  }
  if (auto modules = verify_modules(subject)) {
    checks.push_back(std::move(*modules));
    return checks;
  }
  const Manifest manifest = read_manifest(output);
  checks.push_back(check_files(output, manifest));
  // what fails its hashes, or was not laid out by gostrap, is neither looked at further nor run
  if (!all_hold(checks)) return checks;
  const std::optional<Version> version = parse_version(manifest.release);
  checks.push_back(check_layout(output, manifest, version ? releases.find(*version) : nullptr));
  if (!all_hold(checks)) return checks;
  if (manifest.kind == Kind::archives) {
    if (words.proof.official) {
      for (Check& check : check_official_archives(output, manifest, releases))
        checks.push_back(std::move(check));
    }
    if (all_hold(checks)) add_rebuild(subject, manifest, words, releases, watcher, checks);
    return checks;
  }
  if (!manifest.profile.empty()) {
    checks.push_back(check_profile(output, manifest, releases.get(manifest.release)));
    if (!all_hold(checks)) return checks;
  }
  checks.push_back(check_programs(output, manifest));
  if (!all_hold(checks)) return checks;
  const std::shared_ptr<Progress> progress = watcher.begin({});
  const bool canonical = add_official(subject, manifest, words, releases, *progress, checks);
  // one with a profile is never canonical, and is not suspect for that
  if (!all_hold(checks) && manifest.canonical) return checks;
  add_hello(subject, manifest, canonical, words, *progress, checks);
  add_rebuild(subject, manifest, words, releases, watcher, checks);
  return checks;
}

/// The same; what is damaged is made again, and looked at once more.
std::vector<Check> verify_and_repair(const Subject& subject, const VerifyWords& words,
                                     const Releases& releases, PlanProgress& watcher) {
  std::vector<Check> before;
  try {
    before = verify_output(subject, words, releases, watcher);
    if (all_hold(before)) return before;
  } catch (const Error& error) {
    watcher.begin({})->note(error.what());  // a damaged manifest, most likely
  }
  const Store store = words.proof.common.store();
  const std::string name = locate(store, subject.named).entry;
  const fs::path output = name.empty() ? subject.named : store.root() / name;
  const RealiseOptions options = realise_options(words.making, words.proof.common.offline(),
                                                 !subject.entry || subject.entry->release.empty()
                                                     ? releases.default_release()
                                                     : releases.get(subject.entry->release));
  const std::vector<std::string> made = repair(
      output, {.releases = releases, .store = store, .options = options, .bootstrap = words.making.bootstrap},
      watcher);
  if (made.empty()) {
    before.push_back(
        {"repair", Check::Result::not_possible, "its files are sound: there is nothing to make again", {}});
    return before;
  }
  std::vector<Check> checks = verify_output(subject_of(output.string(), store), words, releases, watcher);
  checks.insert(checks.begin(), Check{"repair", Check::Result::passed, "made again:", made});
  return checks;
}

/// The archive to hold against a downloaded one: the path itself, or the one of that name in an output.
Check verify_against(const fs::path& path, const fs::path& download, const Limits& limits) {
  const fs::path ours = fs::is_directory(path) ? path / download.filename() : path;
  if (!fs::is_regular_file(ours)) {
    throw Error("hold " + path.string() + " against " + download.string(),
                "there is no file " + ours.string(), "Name our archive itself, when it is called otherwise.");
  }
  return check_against(ours, download, limits);
}

std::vector<Check> verify_path(const fs::path& path, const VerifyWords& words, const Releases& releases,
                               PlanProgress& watcher) {
  if (words.proof.against) return {verify_against(path, *words.proof.against, words.making.limits.limits())};
  if (fs::is_regular_file(path)) return {check_official_archive(path, releases)};
  const Subject subject = subject_of(path.string(), words.proof.common.store());
  return words.repair ? verify_and_repair(subject, words, releases, watcher)
                      : verify_output(subject, words, releases, watcher);
}

void print(const fs::path& path, const std::vector<Check>& checks) {
  std::cout << exact(path.string()) << "\n";
  for (const Check& check : checks) {
    std::cout << "  " << mark(check.result) << " " << check.name << ": " << further_lines_in(check.says, 11)
              << "\n";
    for (const std::string& detail : check.details) std::cout << "           " << on_one_line(detail) << "\n";
  }
}

Json to_json(const fs::path& path, const std::vector<Check>& checks) {
  Json json = Json::object();
  json["path"] = path.string();
  json["holds"] = all_hold(checks);
  json["checks"] = Json::array();
  for (const Check& check : checks) {
    Json each = Json::object();
    each["name"] = check.name;
    each["result"] = word(check.result);
    each["says"] = check.says;
    each["details"] = check.details;
    json["checks"].push_back(std::move(each));
  }
  return json;
}

ExitCode verify(const VerifyWords& words) {
  const Releases releases = words.proof.common.releases();
  if (words.proof.all) return prove_store(words.proof, words.making.limits.limits(), releases);
  words.proof.common.arguments.require("path");
  if (words.proof.html && !words.proof.official) throw UsageError("--html goes with --official");
  const auto watcher = words.proof.common.progress();
  bool hold = true;
  Json json = Json::array();
  std::vector<fs::path> outputs;
  for (const std::string& argument : words.proof.common.arguments.words) {
    const fs::path path = fs::absolute(argument).lexically_normal();
    const std::optional<FileLock> use = use_entry_at(words.proof.common.store(), argument);
    const std::vector<Check> checks = verify_path(path, words, releases, *watcher);
    hold = hold && all_hold(checks);
    if (all_hold(checks)) outputs.push_back(path);
    if (words.proof.common.json) {
      json.push_back(to_json(path, checks));
    } else {
      print(path, checks);
    }
  }
  if (words.proof.common.json) print_json(json);
  write_proof_of(outputs, words.proof, words.making.limits.limits(), releases);
  return hold ? ExitCode::done : ExitCode::difference;
}

}  // namespace

const Verb verify_verb{
    .name = "verify",
    .arguments = "PATH… [OPTIONS]",
    .summary = "check outputs against their manifests, and against upstream",
    .help =
        "Checks SDKs, toolchains and archives: every file against the manifest, all beside the toolchain "
        "against\n"
        "what gostrap lays out, programs static, a hello built and run; a source against its pin; a tree of\n"
        "modules against its key. A single archive file is compared with the published checksum. Nothing of\n"
        "what came with a bundle that nobody vouches for, or lies outside of the store, is run unless its "
        "bits\n"
        "are those that upstream published. Exit code 1 when something differs.\n"
        "With --official --all: a table of a whole release, from what the store has.\n",
    .examples =
        {{{"gostrap verify PATH", "every file, static programs, a hello built and run"},
          {"gostrap verify --official PATH", "and against what upstream published"},
          {"gostrap verify --official --all --html proof.html", "a whole release, and a page about it"},
          {"gostrap verify --rebuild PATH", "and against itself, built again under other conditions"}}},
    .bind = bind<VerifyWords, verify>,
};

}  // namespace gostrap
