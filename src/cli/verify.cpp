// gostrap verify: hold outputs against their manifests, and against what upstream published.
#include "sdk/verify.hpp"

#include "build/in_use.hpp"
#include "build/rebuild.hpp"
#include "build/repair.hpp"
#include "bundle/contents.hpp"
#include "cli/plan_request.hpp"
#include "cli/proof.hpp"
#include "cli/safe_streams.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "sdk/against.hpp"
#include "sdk/official.hpp"
#include "sdk/verify_profile.hpp"
#include "support/hash.hpp"
#include "support/nar.hpp"
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

/// A GOROOT of the same release that runs here: the output itself, or the store's host toolchain.
fs::path running_goroot(const fs::path& output, const Manifest& manifest, const Releases& releases,
                        const Store& store) {
  if (manifest.hosted_on == own_port()) return goroot_of(output);
  const auto host = store.find(StepKind::host, releases.get(manifest.release), own_port());
  if (host) return goroot_of(host->path);
  throw Error(
      "compare " + output.string() + " with upstream",
      "packing it needs a toolchain of go" + manifest.release + " that runs here, and the store has none",
      "gostrap build " + own_port().text() + " --release " + manifest.release);
}

/// A source has no manifest: its pin says what it is.
bool is_source(const fs::path& output) {
  return fs::is_regular_file(output / "VERSION") && fs::is_regular_file(output / "src" / "make.bash") &&
         !fs::exists(manifest_path(output)) && !fs::exists(output / "bin");
}

/// A patched source is what its provenance in the store says; nothing for any other.
std::optional<Check> verify_patched_source(const fs::path& tree, const Store& store) {
  for (const StoreEntry& entry : store.entries()) {
    if (entry.path != tree || entry.profile.patches.empty()) continue;
    const fs::path file = store.provenance_file(entry.entry);
    const std::string nar = JsonDocument(read_file(file), file.string()).view().at("making").text("nar");
    const std::string found = sri(nar_hash(tree).digest);
    if (found == nar)
      return Check{"source",
                   Check::Result::passed,
                   "the pinned source of go" + entry.release + " with " + entry.profile.text(),
                   {}};
    return Check{"source", Check::Result::failed, "its NAR hash is " + found + ", and was " + nar, {}};
  }
  return std::nullopt;
}

Check verify_source(const fs::path& tree, const Releases& releases, const Store& store) {
  if (auto patched = verify_patched_source(tree, store)) return *patched;
  const std::string version = read_file(tree / "VERSION", 4096);
  const Release& release = releases.get(version.substr(0, version.find('\n')));
  try {
    check_source(release, tree);
    return {"source",
            Check::Result::passed,
            "the source of " + release.name() + ", as pinned: " + release.source,
            {}};
  } catch (const Interrupted&) {
    throw;
  } catch (const Error& error) {
    return {"source", Check::Result::failed, error.why(), {}};
  }
}

/// A tree of modules has no manifest: the key in its name is the hash of what is in it. Nothing for any other
/// tree.
std::optional<Check> verify_modules(const fs::path& tree, const Store& store) {
  for (const StoreEntry& entry : store.entries()) {
    if (entry.path != tree || entry.kind != StepKind::modules) continue;
    const Contents contents = TreeRecorder().record({tree}).front();
    const std::string key = key_of_contents(text(entry.kind), sha256(to_text(contents)));
    if (key == entry.key())
      return Check{"contents",
                   Check::Result::passed,
                   std::to_string(count_files(contents)) + " files, and their hash is the key in its name",
                   {}};
    return Check{
        "contents", Check::Result::failed, "they hash to " + key + ", not to the key in its name", {}};
  }
  return std::nullopt;
}

std::optional<fs::path> named_bootstrap(const CommandLine& line) {
  return line.has("bootstrap") ? std::optional<fs::path>(line.text("bootstrap")) : std::nullopt;
}

void add_rebuild(const fs::path& output, const Manifest& manifest, const CommandLine& line,
                 const Releases& releases, PlanProgress& watcher, std::vector<Check>& checks) {
  if (!line.has("rebuild")) return;
  const RealiseOptions options = realise_options(line, releases.get(manifest.release));
  checks.push_back(
      check_rebuild(output, manifest, releases, line.store(), options, named_bootstrap(line), watcher));
}

std::vector<Check> verify_output(const fs::path& output, const CommandLine& line, const Releases& releases,
                                 PlanProgress& watcher) {
  if (is_source(output)) return {verify_source(output, releases, line.store())};
  if (const auto modules = verify_modules(output, line.store())) return {*modules};
  const Manifest manifest = read_manifest(output);
  std::vector<Check> checks{check_files(output, manifest)};
  if (manifest.kind == OutputKind::archives) {
    if (line.has("official")) {
      for (Check& check : check_official_archives(output, manifest, releases))
        checks.push_back(std::move(check));
    }
    if (all_hold(checks)) add_rebuild(output, manifest, line, releases, watcher, checks);
    return checks;
  }
  // what fails its hashes is neither looked at further nor run
  if (!all_hold(checks)) return checks;
  if (!manifest.profile.empty()) {
    checks.push_back(check_profile(output, manifest, releases.get(manifest.release)));
    if (!all_hold(checks)) return checks;
  }
  checks.push_back(check_programs(output, manifest));
  if (!all_hold(checks)) return checks;
  const std::shared_ptr<Progress> progress = watcher.begin({});
  progress->phase("Building and running a hello for " + manifest.port.text());
  for (Check& check : check_hello(output, manifest)) checks.push_back(std::move(check));
  if (line.has("official")) {
    const fs::path host = running_goroot(output, manifest, releases, line.store());
    checks.push_back(check_official_toolchain(output, manifest, host, releases, *progress));
  }
  add_rebuild(output, manifest, line, releases, watcher, checks);
  return checks;
}

/// The same; what is damaged is made again, and looked at once more.
std::vector<Check> verify_and_repair(const fs::path& output, const CommandLine& line,
                                     const Releases& releases, PlanProgress& watcher) {
  std::vector<Check> before;
  try {
    before = verify_output(output, line, releases, watcher);
    if (all_hold(before)) return before;
  } catch (const Interrupted&) {
    throw;
  } catch (const Error& error) {
    watcher.begin({})->note(error.what());  // a damaged manifest, most likely
  }
  const std::vector<StoreEntry> entries = line.store().entries();
  const auto entry = std::find_if(entries.begin(), entries.end(),
                                  [&](const StoreEntry& each) { return each.path == output; });
  const RealiseOptions options =
      realise_options(line, entry == entries.end() || entry->release.empty() ? releases.default_release()
                                                                             : releases.get(entry->release));
  const std::vector<std::string> made =
      repair(output, releases, line.store(), options, named_bootstrap(line), watcher);
  if (made.empty()) {
    before.push_back(
        {"repair", Check::Result::not_possible, "its files are sound: there is nothing to make again", {}});
    return before;
  }
  std::vector<Check> checks = verify_output(output, line, releases, watcher);
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

std::vector<Check> verify_path(const fs::path& path, const CommandLine& line, const Releases& releases,
                               PlanProgress& watcher) {
  if (line.has("against")) return {verify_against(path, line.text("against"), line.limits())};
  if (fs::is_regular_file(path)) return {check_official_archive(path, releases)};
  return line.has("repair") ? verify_and_repair(path, line, releases, watcher)
                            : verify_output(path, line, releases, watcher);
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

}  // namespace

ExitCode verify_verb(const Words& words) {
  CommandLine line(
      "verify PATH… [OPTIONS]",
      "Checks SDKs, toolchains and archives: every file against the manifest, programs static, a hello\n"
      "built and run; a source against its pin; a tree of modules against its key. A single archive file is\n"
      "compared with the published checksum. Exit code 1 when something differs.\n"
      "With --official --all: a table of a whole release, from what the store has.\n");
  add_proof_options(line);
  line.add()(
      "rebuild",
      "build it again below $TMPDIR, with another directory, umask, locale, time zone, user name, number of "
      "processors and order of files, and compare byte for byte");
  line.add()("repair", "make an entry of the store again when it is damaged, and what it was made from");
  add_making_options(line);
  if (!line.parse(words)) return ExitCode::done;
  const Releases releases = line.releases();
  if (line.has("all")) return prove_store(line, releases);
  line.require_arguments("path");
  if (line.has("html") && !line.has("official")) throw UsageError("--html goes with --official");
  const auto watcher = line.progress();
  bool hold = true;
  Json json = Json::array();
  std::vector<fs::path> outputs;
  for (const std::string& argument : line.arguments()) {
    const fs::path path = fs::absolute(argument).lexically_normal();
    const std::optional<FileLock> use = use_entry_at(line.store(), path);
    const std::vector<Check> checks = verify_path(path, line, releases, *watcher);
    hold = hold && all_hold(checks);
    if (all_hold(checks)) outputs.push_back(path);
    if (line.json()) {
      json.push_back(to_json(path, checks));
    } else {
      print(path, checks);
    }
  }
  if (line.json()) print_json(json);
  write_proof_of(outputs, line, releases);
  return hold ? ExitCode::done : ExitCode::difference;
}

}  // namespace gostrap
