// gostrap verify: hold outputs against their manifests, and against what upstream published.
#include "sdk/verify.hpp"

#include "cli/command_line.hpp"
#include "cli/verbs.hpp"
#include "sdk/official.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

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

std::vector<Check> verify_output(const fs::path& output, const CommandLine& line, const Releases& releases,
                                 Progress& progress) {
  const Manifest manifest = read_manifest(output);
  std::vector<Check> checks{check_files(output, manifest)};
  if (manifest.kind == OutputKind::archives) {
    if (!line.has("official")) return checks;
    for (Check& check : check_official_archives(output, manifest, releases))
      checks.push_back(std::move(check));
    return checks;
  }
  // what fails its hashes is neither looked at further nor run
  if (!all_hold(checks)) return checks;
  checks.push_back(check_programs(output, manifest));
  if (!all_hold(checks)) return checks;
  progress.phase("Building and running a hello for " + manifest.port.text());
  for (Check& check : check_hello(output, manifest)) checks.push_back(std::move(check));
  if (line.has("official")) {
    const fs::path host = running_goroot(output, manifest, releases, line.store());
    checks.push_back(check_official_toolchain(output, manifest, host, releases, progress));
  }
  return checks;
}

void print(const fs::path& path, const std::vector<Check>& checks) {
  std::cout << path.string() << "\n";
  for (const Check& check : checks) {
    std::cout << "  " << mark(check.result) << " " << check.name << ": " << check.says << "\n";
    for (const std::string& detail : check.details) std::cout << "           " << detail << "\n";
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
      "built and run. A single archive file is compared with the published checksum. Exit code 1 when\n"
      "something differs.\n");
  line.add()("official", "compare with what upstream published: canonical, not canonical, or not comparable");
  if (!line.parse(words)) return ExitCode::done;
  line.require_arguments("path");
  const Releases releases = line.releases();
  const auto watcher = line.progress();
  const auto progress = watcher->begin({});
  bool hold = true;
  Json json = Json::array();
  for (const std::string& argument : line.arguments()) {
    const fs::path path = fs::absolute(argument).lexically_normal();
    const std::vector<Check> checks = fs::is_regular_file(path)
                                          ? std::vector<Check>{check_official_archive(path, releases)}
                                          : verify_output(path, line, releases, *progress);
    hold = hold && all_hold(checks);
    if (line.json()) {
      json.push_back(to_json(path, checks));
    } else {
      print(path, checks);
    }
  }
  if (line.json()) print_json(json);
  return hold ? ExitCode::done : ExitCode::difference;
}

}  // namespace gostrap
