// gostrap bazel: toolchains for rules_go, as text for MODULE.bazel and WORKSPACE, and a check of them.
#include "sdk/bazel.hpp"

#include "cli/common_words.hpp"
#include "cli/release_choice.hpp"
#include "cli/safe_streams.hpp"
#include "cli/strangers.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "sdk/bazel_text.hpp"
#include "store/bazel_sdk.hpp"
#include "store/roots.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {
namespace {

struct BazelWords {
  CommonWords common;
  ReleaseWord release;
  std::vector<std::string> urls, paths;
  RootWord root;

  void declare(Options& options) {
    common.declare(options);
    release.declare(options);
    options.add("url",
                "where the archives will be, with {} for the file's name (repeatable; default: the store's, "
                "else upstream's)",
                "URL", urls);
    root.declare(options,
                 "a link to what of the store the text names, which keeps it from prune until it is removed");
    options.add("check", "check a GOROOT, an SDK or a toolchain (repeatable)", "PATH", paths);
  }
};

/// Makes --root's link to each entry of the store that the text names; false where it names none.
bool keep_entries(const BazelWords& words, const std::vector<BazelSdk>& sdks) {
  std::vector<std::string> entries;
  for (const BazelSdk& sdk : sdks) entries.insert(entries.end(), sdk.entries.begin(), sdk.entries.end());
  if (!words.root.link) return !entries.empty();
  for (const std::string& entry : entries) {
    const std::string name = entry.substr(entry.find("-go") + 1);
    add_root(words.common.store(), entry, *words.root.link + (entries.size() > 1 ? "-" + name : ""));
  }
  return !entries.empty();
}

ExitCode check_paths(const BazelWords& words) {
  bool hold = true;
  Json json = Json::array();
  for (const std::string& path : words.paths) {
    const std::vector<Check> checks = check_for_bazel(path);
    hold = hold && all_hold(checks);
    Json each = Json::object();
    each["path"] = path;
    each["holds"] = all_hold(checks);
    each["checks"] = Json::array();
    if (!words.common.json) std::cout << exact(path) << "\n";
    for (const Check& check : checks) {
      const bool good = check.result == Check::Result::passed;
      if (!words.common.json) {
        std::cout << "  " << (good ? "ok     " : "FAILED ") << check.name << ": "
                  << further_lines_in(check.says, 11) << "\n";
        for (const std::string& detail : check.details)
          std::cout << "           " << on_one_line(detail) << "\n";
      }
      Json one = Json::object();
      one["name"] = check.name;
      one["result"] = good ? "ok" : "failed";
      one["says"] = check.says;
      one["details"] = check.details;
      each["checks"].push_back(std::move(one));
    }
    json.push_back(std::move(each));
  }
  if (words.common.json) print_json(json);
  return hold ? ExitCode::done : ExitCode::difference;
}

ExitCode bazel(const BazelWords& words) {
  if (!words.paths.empty()) {
    if (!words.common.arguments.words.empty())
      throw UsageError("--check takes a path, and no ports beside it");
    return check_paths(words);
  }
  for (const std::string& url : words.urls) {
    if (url.find("{}") == std::string::npos)
      throw UsageError("--url " + url + " has no {} for the file's name");
  }
  const Releases releases = words.common.releases();
  std::vector<Port> ports;
  for (const std::string& word : words.common.arguments.words) ports.push_back(parse_port(word));
  if (ports.empty()) ports.push_back(own_port());
  const Release& release = chosen_release(words.common, words.release, releases, {Kind::toolchain, ports});
  std::vector<BazelSdk> sdks;
  for (const Port& port : ports)
    sdks.push_back(bazel_sdk(release.at(port), words.common.store(), tell_strangers));
  const bool stored = keep_entries(words, sdks);
  const std::vector<std::string> urls = words.urls.empty() ? archive_urls(sdks) : words.urls;
  const std::string module = module_text(sdks, urls, release);
  const std::string workspace = workspace_text(sdks, urls, release);
  if (words.common.json) {
    Json json = Json::object();
    json["module"] = module;
    json["workspace"] = workspace;
    print_json(json);
  } else {
    if (stored && !words.root.link) {
      std::cout << "# Paths of the store are no roots: `gostrap prune` may remove what they name. --root "
                   "LINK keeps "
                   "it.\n";
    }
    std::cout << module << "\n" << workspace;
  }
  return ExitCode::done;
}

}  // namespace

const Verb bazel_verb{
    .name = "bazel",
    .arguments = "[PORT…] [OPTIONS]",
    .summary = "print what makes rules_go use SDKs; check that they fit",
    .help =
        "Prints text for MODULE.bazel and WORKSPACE that makes rules_go take its SDK from gostrap. A PORT is "
        "one\n"
        "that Bazel's actions run on (default: this machine's); what they build for is chosen by "
        "--platforms.\n"
        "With --check it says what rules_go would stumble over in an SDK; exit code 1 when it would.\n",
    .brief = "PORT…",
    .examples = {{{"gostrap bazel --root ./bazel-go",
                   "text for MODULE.bazel and WORKSPACE, kept from prune"}}},
    .bind = bind<BazelWords, bazel>,
};

}  // namespace gostrap
