#include "cli/advisories.hpp"

#include "download/download.hpp"
#include "support/error.hpp"
#include "support/process.hpp"
#include "support/stage.hpp"
#include "support/strings.hpp"
#include "support/text.hpp"
#include "support/url.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <iostream>

namespace gostrap {
namespace {

constexpr std::uint64_t largest_zip = std::uint64_t{256} << 20U;
constexpr std::array kinds{"any", "fixed", "modules", "stdlib", "toolchain"};

std::string by_hand() {
  return "By hand: save vulndb.zip of vuln.go.dev, or clone github.com/golang/vulndb, and name that: "
         "--advisories FILE|DIR";
}

/// The whole database in one file: of the database's own URL (https://vuln.go.dev), its vulndb.zip.
std::string url_of_zip(std::string url) {
  if (url.ends_with(".zip")) return url;
  return without_trailing(url, "/") + "/vulndb.zip";
}

AdvisoryDatabase read_from_web(const std::string& url, const CommonWords& common) {
  const TemporaryDirectory scratch;
  DownloadRequest request;
  request.urls = {url_of_zip(url)};
  request.file = scratch.path() / "vulndb.zip";
  request.most = largest_zip;
  const auto watcher = common.progress();
  const auto progress = watcher->begin({});
  if (url.starts_with("http://")) {
    progress->note(without_secrets(url) +
                   " comes over http, which anybody on the way can change: what it says is believed");
  }
  try {
    download(request, *progress);
  } catch (const Error& error) {
    throw Error(error.doing(), error.why(), error.next() + (error.next().empty() ? "" : "\n") + by_hand());
  }
  return AdvisoryDatabase::read(request.file);
}

AdvisoryDatabase read_named(const std::string& name, const CommonWords& common) {
  if (is_web_url(name)) {
    if (!common.offline()) return read_from_web(name, common);
    throw Error("read the advisories of " + without_secrets(name),
                "it is on the network, and --offline was given", by_hand());
  }
  if (name.empty() || name.find("://") != std::string::npos) {
    throw UsageError("--advisories takes a directory, a zip, or a URL with https:// or http://, not \"" +
                     without_secrets(name) + "\"");
  }
  return AdvisoryDatabase::read(name);
}

bool has_id(const Advisory& advisory, const std::string& id) {
  return advisory.id == id ||
         std::find(advisory.aliases.begin(), advisory.aliases.end(), id) != advisory.aliases.end();
}

bool is_meant(const AdvisoryMatch& match, const std::string& word) {
  if (word == "any") return true;
  if (word == "fixed") return !match.fixed.empty();
  if (word == "modules") return match.module != stdlib_module && match.module != commands_module;
  return match.module == word || has_id(match.advisory, word);
}

/// A kind, an ID (GO-2025-3447) or a module's path (golang.org/x/net).
bool could_be_meant(const std::string& word) {
  return std::find(kinds.begin(), kinds.end(), word) != kinds.end() ||
         word.find_first_of("-./") != std::string::npos;
}

}  // namespace

void AdvisoryWords::declare(Options& options) {
  options.add("advisories",
              "Go's vulnerability database: a directory of OSV files, its zip, or https://vuln.go.dev "
              "(default: $GOSTRAP_ADVISORIES)",
              "DIR|ZIP|URL", named);
  options.add("fail-on",
              "exit code 1 for advisories: any, fixed (there is a release without it), stdlib, toolchain, "
              "modules, an ID, or a module's path (repeatable)",
              "WORD,…", fail_on);
  options.check([this] {
    for (const std::string& word : wanted()) {
      if (!could_be_meant(word)) {
        throw UsageError("--fail-on takes " + enumeration({kinds.begin(), kinds.end()}, ", ") +
                         ", an advisory's ID or a module's path, not \"" + word + "\"");
      }
    }
    if (!fail_on.empty() && !named && !environment_value("GOSTRAP_ADVISORIES")) {
      throw UsageError("--fail-on needs a database to look into",
                       "Name one: --advisories DIR|ZIP|URL, or GOSTRAP_ADVISORIES.");
    }
  });
}

void AdvisoryWords::declare_only_database(Options& options) {
  options.add("advisories",
              "Go's vulnerability database, for the bill of materials: a directory of OSV files, its zip, or "
              "https://vuln.go.dev",
              "DIR|ZIP|URL", named);
}

std::set<std::string> AdvisoryWords::wanted() const {
  std::set<std::string> words;
  for (const std::string& text : fail_on) {
    for (const std::string_view word : split(text, ",")) words.emplace(word);
  }
  return words;
}

std::optional<AdvisoryDatabase> AdvisoryWords::open(const CommonWords& common) const {
  if (named) return read_named(*named, common);
  const std::optional<std::string> elsewhere = environment_value("GOSTRAP_ADVISORIES");
  if (!elsewhere) return std::nullopt;
  if (is_web_url(*elsewhere) && common.offline() && fail_on.empty()) {
    std::cerr << "gostrap: no advisories: GOSTRAP_ADVISORIES is on the network, which is not to be touched\n";
    return std::nullopt;
  }
  return read_named(*elsewhere, common);
}

std::optional<AdvisoryDatabase> AdvisoryWords::open_named(const CommonWords& common) const {
  return named ? std::optional(read_named(*named, common)) : std::nullopt;
}

std::optional<std::vector<Advisory>> AdvisoryWords::of_go(const CommonWords& common) const {
  std::optional<AdvisoryDatabase> database = open(common);
  if (!database) return std::nullopt;
  std::vector<Advisory> advisories = database->about({stdlib_module, commands_module});
  tell_skipped(*database);
  return advisories;
}

bool AdvisoryWords::fails(const std::vector<AdvisoryMatch>& matches) const {
  const std::set<std::string> words = wanted();
  return std::any_of(matches.begin(), matches.end(), [&](const AdvisoryMatch& match) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return is_meant(match, word); });
  });
}

void AdvisoryWords::tell_skipped(const AdvisoryDatabase& database) const {
  constexpr std::size_t most = 5;
  const auto& skipped = database.skipped();
  for (std::size_t i = 0; i < std::min(skipped.size(), most); ++i) {
    std::cerr << "gostrap: skipped the advisory " << on_one_line(skipped[i].file) << ": "
              << on_one_line(skipped[i].why) << "\n";
  }
  if (skipped.size() > most) std::cerr << "gostrap: and " << skipped.size() - most << " more\n";
  if (skipped.empty() || fail_on.empty()) return;
  throw Error("say whether there are advisories",
              counted(skipped.size(), "file") + " of the database cannot be read",
              "Get the database again; without --fail-on those are passed over.");
}

Json to_json(const AdvisoryMatch& match) {
  Json json = Json::object();
  json["id"] = match.advisory.id;
  json["aliases"] = match.advisory.aliases;
  json["module"] = match.module;
  json["version"] = match.version;
  if (!match.fixed.empty()) json["fixed"] = match.fixed;
  json["summary"] = match.advisory.summary;
  if (!match.advisory.url.empty()) json["url"] = match.advisory.url;
  return json;
}

Json to_json(const std::vector<AdvisoryMatch>& matches) {
  Json json = Json::array();
  for (const AdvisoryMatch& match : matches) json.push_back(to_json(match));
  return json;
}

std::string in_a_line(const AdvisoryMatch& match) {
  std::string line = match.advisory.id;
  for (const std::string& alias : match.advisory.aliases) line += " " + alias;
  line += match.fixed.empty() ? ", not fixed yet" : ", fixed in " + match.fixed;
  return on_one_line(line + ": " + match.advisory.summary);
}

std::vector<std::string> of_release_in_short(const std::vector<AdvisoryMatch>& matches) {
  std::vector<std::string> lines;
  for (const auto& [module, called] :
       {std::pair(stdlib_module, "the standard library"), std::pair(commands_module, "the toolchain")}) {
    const std::string line = in_short(matches, module, called);
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

}  // namespace gostrap
