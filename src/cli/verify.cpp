// gostrap verify: hold outputs against their manifests, and against what upstream published.
#include "bundle/check_modules.hpp"
#include "cli/attested.hpp"
#include "cli/plan_request.hpp"
#include "cli/proof.hpp"
#include "cli/safe_streams.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "cli/verify_log.hpp"
#include "road/verify_output.hpp"
#include "sdk/against.hpp"
#include "sdk/official.hpp"
#include "store/in_use.hpp"
#include "support/strings.hpp"

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

struct VerifyWords {
  ProofWords proof;
  LogWords log;
  bool rebuild = false, run = false, repair = false;
  MakingWords making;
  AttestedWords attested;

  void declare(Options& options) {
    proof.declare(options);
    attested.declare(options);
    log.declare(options);
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

/// Asks the log that the words name; empty where they name none.
std::function<std::vector<Check>(const LoggedModule&)> log_of(const VerifyWords& words,
                                                              PlanProgress& watcher) {
  if (!words.log.asked()) return {};
  return [&words, &watcher](const LoggedModule& module) {
    return ask_log(words.log, module, words.proof.common, words.making.patience.patience(),
                   *watcher.begin({}));
  };
}

VerifyRequest request_of(const VerifyWords& words, PlanProgress& watcher) {
  VerifyRequest request;
  request.official = words.proof.official;
  request.rebuild = words.rebuild;
  request.run = words.run;
  request.bootstrap = words.making.bootstrap;
  request.options = [&words](const Release& release) {
    return realise_options(words.making, words.proof.common.offline(), release);
  };
  request.modules = check_modules;
  request.log = log_of(words, watcher);
  return request;
}

std::vector<Check> verify_path(const fs::path& path, const VerifyWords& words, const Releases& releases,
                               PlanProgress& watcher) {
  if (words.proof.against)
    return {check_output_against(path, *words.proof.against, words.making.limits.limits())};
  if (fs::is_regular_file(path)) {
    std::vector<Check> checks;
    if (!words.attested.asked() || words.proof.official)
      checks.push_back(check_official_archive(path, releases));
    const auto log = log_of(words, watcher);
    if (!log) return checks;
    for (Check& check : log(logged_module(path))) checks.push_back(std::move(check));
    return checks;
  }
  const Store store = words.proof.common.store();
  const Subject subject = subject_of(path.string(), store);
  const auto verify = words.repair ? verify_and_repair : verify_output;
  return verify(subject, request_of(words, watcher), releases, store, watcher);
}

bool says_nothing(const Check& check) {
  return check.result == Check::Result::not_possible;
}

bool is_log_without_answer(const Check& check) {
  return check.name == "log" && says_nothing(check);
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
  if (words.log.asked() && (words.proof.all || words.proof.against))
    throw UsageError("--log goes with neither --all nor --against");
  if (words.log.asked()) words.log.log_key();  // a bad one is told before anything is read
  if (words.proof.all) return prove_store(words.proof, words.making.limits.limits(), releases);
  words.proof.common.arguments.require("path");
  if (words.proof.html && !words.proof.official) throw UsageError("--html goes with --official");
  words.attested.require_sense();
  const auto watcher = words.proof.common.progress();
  std::optional<AttestedFiles> attested;
  if (words.attested.asked()) {
    attested.emplace(words.attested, words.proof.common.offline(), words.making.patience.patience(),
                     *watcher->begin({}));
  }
  bool hold = true;
  std::string unchecked;  // what there was nothing to hold against
  std::string unlogged;   // what the log that was asked for says nothing of
  Json json = Json::array();
  std::vector<fs::path> outputs;
  for (const std::string& argument : words.proof.common.arguments.words) {
    const fs::path path = fs::absolute(argument).lexically_normal();
    const std::optional<FileLock> use = use_entry_at(words.proof.common.store(), argument);
    std::vector<Check> checks = verify_path(path, words, releases, *watcher);
    if (attested && all_hold(checks)) {
      for (Check& check : attested->check(path)) checks.push_back(std::move(check));
    }
    hold = hold && all_hold(checks);
    if (std::all_of(checks.begin(), checks.end(), says_nothing)) append(unchecked, ", ", path.string());
    if (std::any_of(checks.begin(), checks.end(), is_log_without_answer))
      append(unlogged, ", ", path.string());
    if (all_hold(checks)) outputs.push_back(path);
    if (words.proof.common.json) {
      json.push_back(to_json(path, checks));
    } else {
      print(path, checks);
    }
  }
  if (words.proof.common.json) print_json(json);
  write_proof_of(outputs, words.proof, words.making.limits.limits(), releases);
  if (!hold) return ExitCode::difference;
  if (!unlogged.empty())
    throw Error("verify " + unlogged + " by a log", "it was not shown to be in it", "Why stands beside it.");
  if (unchecked.empty()) return ExitCode::done;
  throw Error("verify " + unchecked, "there is nothing to hold it against", "Why stands beside it.");
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
        "are those that upstream published. Exit code 1 when something differs, 2 where there is nothing to "
        "hold a file against.\n"
        "With --official --all: a table of a whole release, from what the store has.\n"
        "With --log: its toolchain module is looked for in the Go checksum database, by the lookups and "
        "tiles "
        "in your\n"
        "module cache, else on the network. The largest tree that was seen is kept in the store, and each "
        "later "
        "one\n"
        "must agree with it.\n",
    .examples = {{{"gostrap verify PATH", "every file, static programs, a hello built and run"},
                  {"gostrap verify --official --log PATH",
                   "and against what upstream published, and its public log"},
                  {"gostrap verify --rebuild PATH", "and against itself, built again under other conditions"},
                  {"gostrap verify --attested 2 --keys friends go1.24.4.linux-riscv64.tar.gz",
                   "two whom you believe say that they made this file again from source"}}},
    .bind = bind<VerifyWords, verify>,
};

}  // namespace gostrap
