// gostrap bazel: toolchains for rules_go, as text for MODULE.bazel and WORKSPACE, and a check of them.
#include "sdk/bazel.hpp"

#include "cli/command_line.hpp"
#include "cli/safe_streams.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "sdk/manifest.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace gostrap {
namespace {

struct BazelSdk {
  Port port;
  std::string archive, digest;
  std::optional<fs::path> archives;  ///< the store's, where the file is
  std::optional<fs::path> goroot;    ///< the store's toolchain that runs there
};

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char each : text)
    result += each == '"' || each == '\\' ? std::string("\\") + each : std::string(1, each);
  return result + "\"";
}

BazelSdk sdk_for(const Port& port, const Release& release, const Store& store) {
  release.require(port);
  if (const auto why = why_not_hosted(port)) {
    throw UsageError("Bazel runs no actions on " + port.text() + ": " + *why,
                     "Name where Bazel's actions run, such as " + own_port().text() +
                         "; to build for it: --platforms=@rules_go//go/toolchain:" + port.underscored());
  }
  BazelSdk sdk;
  sdk.port = port;
  sdk.archive = archive_name(release.version.text(), port);
  const auto pinned = release.archives.find(sdk.archive);
  if (pinned != release.archives.end()) sdk.digest = pinned->second;
  if (const auto made = store.find(StepKind::archives, release, port)) {
    sdk.archives = made->path;
    sdk.digest = hex(sha256_file(made->path / sdk.archive));
  }
  const bool own = port == own_port();
  if (const auto there = store.find(own ? StepKind::host : StepKind::toolchain, release, port))
    sdk.goroot = goroot_of(there->path);
  if (sdk.digest.empty()) {
    throw Error("write text for " + port.text(),
                "upstream publishes no " + sdk.archive + ", and the store has none either",
                "Build it: gostrap build " + port.text() + " --archives --release " + release.version.text());
  }
  return sdk;
}

/// Where the archives are: as was said, the store's own, or upstream's, whose bits are the same.
std::vector<std::string> urls_of(const std::vector<BazelSdk>& sdks, const CommandLine& line) {
  std::vector<std::string> urls = line.texts("url");
  for (const BazelSdk& sdk : sdks) {
    if (urls.empty() || !line.has("url")) {
      const std::string url =
          sdk.archives ? "file://" + sdk.archives->string() + "/{}" : "https://dl.google.com/go/{}";
      if (std::find(urls.begin(), urls.end(), url) == urls.end()) urls.push_back(url);
    }
  }
  return urls;
}

std::string download_attributes(const std::vector<BazelSdk>& sdks, const std::vector<std::string>& urls,
                                const Release& release) {
  std::string text = "    version = " + quoted(release.version.text()) + ",\n    sdks = {\n";
  for (const BazelSdk& sdk : sdks) {
    text += "        " + quoted(sdk.port.underscored()) + ": [" + quoted(sdk.archive) + ", " +
            quoted(sdk.digest) + "],\n";
  }
  text += "    },\n    urls = [\n";
  for (const std::string& url : urls) text += "        " + quoted(url) + ",\n";
  return text + "    ],\n";
}

std::string module_text(const std::vector<BazelSdk>& sdks, const std::vector<std::string>& urls,
                        const Release& release) {
  std::string text = "# MODULE.bazel: archives of " + release.name() +
                     " as gostrap makes them, which are upstream's bit for bit\n"
                     "go_sdk = use_extension(\"@rules_go//go:extensions.bzl\", \"go_sdk\")\n"
                     "go_sdk.download(\n" +
                     download_attributes(sdks, urls, release) + ")\n";
  for (const BazelSdk& sdk : sdks) {
    if (!sdk.goroot) continue;
    const std::string name = "gostrap_go_" + sdk.port.underscored();
    text +=
        "\n# MODULE.bazel: or the toolchain in the store, without a download\n"
        "new_local_repository = use_repo_rule(\"@bazel_tools//tools/build_defs/repo:local.bzl\", "
        "\"new_local_repository\")\n"
        "new_local_repository(\n    name = " +
        quoted(name) + ",\n    build_file_content = 'exports_files([\"VERSION\"])',\n    path = " +
        quoted(sdk.goroot->string()) + ",\n)\ngo_sdk.wrap(\n    version = " + quoted(release.version.text()) +
        ",\n    goarch = " + quoted(sdk.port.goarch) + ",\n    goos = " + quoted(sdk.port.goos) +
        ",\n    root_file = \"@" + name + "//:VERSION\",\n)\n";
  }
  return text;
}

std::string workspace_text(const std::vector<BazelSdk>& sdks, const std::vector<std::string>& urls,
                           const Release& release) {
  std::string text =
      "# WORKSPACE: the same archives\n"
      "load(\"@io_bazel_rules_go//go:deps.bzl\", \"go_download_sdk\", \"go_local_sdk\", "
      "\"go_register_toolchains\", \"go_rules_dependencies\")\n\ngo_rules_dependencies()\n";
  for (const BazelSdk& sdk : sdks) {
    text += "\ngo_download_sdk(\n    name = " + quoted("go_sdk_" + sdk.port.underscored()) +
            ",\n    goarch = " + quoted(sdk.port.goarch) + ",\n    goos = " + quoted(sdk.port.goos) + ",\n" +
            download_attributes({sdk}, urls, release) + ")\n";
    if (sdk.goroot) {
      text +=
          "\n# WORKSPACE: or, instead of that download, the toolchain in the store\ngo_local_sdk(\n    name "
          "= " +
          quoted("go_sdk_" + sdk.port.underscored()) + ",\n    path = " + quoted(sdk.goroot->string()) +
          ",\n    version = " + quoted(release.version.text()) + ",\n)\n";
    }
  }
  return text + "\ngo_register_toolchains()\n";
}

ExitCode check_paths(const CommandLine& line) {
  bool hold = true;
  Json json = Json::array();
  for (const std::string& path : line.texts("check")) {
    const std::vector<Check> checks = check_for_bazel(path);
    hold = hold && all_hold(checks);
    Json each = Json::object();
    each["path"] = path;
    each["holds"] = all_hold(checks);
    each["checks"] = Json::array();
    if (!line.json()) std::cout << exact(path) << "\n";
    for (const Check& check : checks) {
      const bool good = check.result == Check::Result::passed;
      if (!line.json()) {
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
  if (line.json()) print_json(json);
  return hold ? ExitCode::done : ExitCode::difference;
}

}  // namespace

ExitCode bazel_verb(const Words& words) {
  CommandLine line(
      "bazel [PORT…] [OPTIONS]",
      "Prints text for MODULE.bazel and WORKSPACE that makes rules_go take its SDK from gostrap. A PORT is "
      "one\n"
      "that Bazel's actions run on (default: this machine's); what they build for is chosen by --platforms.\n"
      "With --check it says what rules_go would stumble over in an SDK; exit code 1 when it would.\n");
  line.add_release();
  line.add()("url",
             "where the archives will be, with {} for the file's name (repeatable; default: the store's, "
             "else upstream's)",
             cxxopts::value<std::vector<std::string>>(), "URL");
  line.add()("check", "check a GOROOT, an SDK or a toolchain (repeatable)",
             cxxopts::value<std::vector<std::string>>(), "PATH");
  if (!line.parse(words)) return ExitCode::done;
  if (line.has("check")) {
    if (!line.arguments().empty()) throw UsageError("--check takes a path, and no ports beside it");
    return check_paths(line);
  }
  for (const std::string& url : line.texts("url")) {
    if (url.find("{}") == std::string::npos)
      throw UsageError("--url " + url + " has no {} for the file's name");
  }
  const Releases releases = line.releases();
  const Release& release = releases.get(line.text("release"));
  std::vector<BazelSdk> sdks;
  std::vector<std::string> ports = line.arguments();
  if (ports.empty()) ports.push_back(own_port().text());
  for (const std::string& word : ports) sdks.push_back(sdk_for(parse_port(word), release, line.store()));
  const std::vector<std::string> urls = urls_of(sdks, line);
  const std::string module = module_text(sdks, urls, release);
  const std::string workspace = workspace_text(sdks, urls, release);
  if (line.json()) {
    Json json = Json::object();
    json["module"] = module;
    json["workspace"] = workspace;
    print_json(json);
  } else {
    std::cout << module << "\n"
              << workspace
              << "\n# Another target than where it runs: bazel build "
                 "--platforms=@rules_go//go/toolchain:linux_riscv64 …\n"
                 "# Pure Go, as these toolchains are built: --@rules_go//go/config:pure\n";
  }
  return ExitCode::done;
}

}  // namespace gostrap
