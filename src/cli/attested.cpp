#include "cli/attested.hpp"

#include "attest/votes.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <set>

namespace gostrap {
namespace {

constexpr std::uint64_t largest_document = std::uint64_t{16} << 20U;
constexpr const char* check_name = "attested";

/// The documents beside a file that begin with its name.
Statements beside(const fs::path& file) {
  Statements statements;
  std::vector<fs::path> files;
  const std::string begin = file.filename().string() + ".";
  for (const auto& each : fs::directory_iterator(file.parent_path())) {
    const std::string ending = each.path().extension().string();
    const bool document = ending == ".link" || ending == ".json" || ending == ".jsonl";
    if (document && each.path().filename().string().starts_with(begin)) files.push_back(each.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& each : files) add_statements_at(statements, each);
  return statements;
}

/// "alice, bob"
std::string names_of(const std::map<std::string, std::string>& votes) {
  return join(votes, ", ", [](const auto& each) { return each.first; });
}

/// The archives that a path is: the file, or those of an output.
std::vector<fs::path> files_of(const fs::path& path) {
  if (fs::is_regular_file(path)) return {path};
  const Manifest manifest = read_manifest(path);
  std::vector<fs::path> files;
  if (manifest.kind == Kind::archives) {
    for (const auto& [file, unused] : manifest.files) {
      if (file.ends_with(".tar.gz") || (file.ends_with(".zip") && !file.starts_with("v0.0.1-")))
        files.push_back(path / file);
    }
  }
  return files;
}

}  // namespace

void AttestedWords::declare(Options& options) {
  options.add("attested", "at least so many of the keys state that it was made again from source", "K",
              at_least);
  options.add(
      "keys",
      "with --attested: whose statements count: a .pub file, OpenSSH's allowed signers, or a directory "
      "of them (repeatable)",
      "DIR|FILE", keys);
  options.add("statements",
              "with --attested: where statements are (repeatable; default: beside the file, under its name)",
              "DIR|FILE|URL", statements);
  options.add("withhold",
              "with --attested: a key that does not count this time, by name or fingerprint (repeatable)",
              "KEY", withheld);
}

void AttestedWords::require_sense() const {
  if (!asked()) {
    if (keys.empty() && statements.empty() && withheld.empty()) return;
    throw UsageError("--keys, --statements and --withhold go with --attested K");
  }
  if (*at_least == 0) throw UsageError("--attested 0 asks for nobody");
  if (keys.empty()) {
    throw UsageError("--attested counts nobody's statements: --keys is missing",
                     "Name the keys of those whom you believe: --keys DIR");
  }
}

struct AttestedFiles::State {
  std::uint64_t at_least = 0;
  std::vector<TrustedKey> keys;
  std::set<std::string> withheld;
  std::optional<Statements> named;
  Time now = time_now();

  Check check(const fs::path& file) const {
    const Digest sha256 = sha256_file(file);
    const Statements own = named ? Statements() : beside(file);
    const Tally votes = tally(named ? *named : own, file.filename().string(), sha256, keys, withheld, now);
    Check check{check_name, Check::Result::passed, {}, {}};
    const std::size_t count = votes.for_it.size();
    const std::string of_keys = " of " + std::to_string(keys.size()) + (keys.size() == 1 ? " key" : " keys");
    check.says = file.filename().string() + " (SHA-256 " + hex(sha256).substr(0, 12) +
                 "…) was made again, say " + std::to_string(count) + of_keys +
                 (count == 0 ? "" : ": " + names_of(votes.for_it));
    if (count < at_least) {
      check.result = Check::Result::failed;
      check.says += "; " + std::to_string(at_least) + " are asked for";
    }
    for (const auto& [key, statement] : votes.against_it)
      check.details.push_back(key + " could not make it again: " + statement);
    for (const Uncounted& each : votes.uncounted)
      check.details.push_back(each.file + " does not count: " + each.why);
    shorten(check.details);
    return check;
  }
};

AttestedFiles::AttestedFiles(const AttestedWords& words, bool offline, const Patience& patience,
                             Progress& progress)
    : state_(std::make_unique<State>()) {
  state_->at_least = words.at_least.value_or(0);
  for (const std::string& place : words.keys) {
    for (TrustedKey& key : trusted_keys(place)) {
      const auto same = [&](const TrustedKey& known) { return known.key == key.key; };
      if (std::none_of(state_->keys.begin(), state_->keys.end(), same))
        state_->keys.push_back(std::move(key));
    }
  }
  if (words.at_least > state_->keys.size()) {
    throw UsageError("--attested " + std::to_string(*words.at_least) + " asks for more than the " +
                     std::to_string(state_->keys.size()) + " keys that were named");
  }
  state_->withheld.insert(words.withheld.begin(), words.withheld.end());
  if (!words.statements.empty()) state_->named.emplace();
  for (const std::string& place : words.statements) {
    if (!is_web_url(place)) {
      add_statements_at(*state_->named, place);
    } else if (offline) {
      throw Error("fetch statements from " + place, "the network is not to be touched (--offline)",
                  "Fetch the file before, and name that.");
    } else {
      add_statements(*state_->named, download_text(place, largest_document, patience, progress), place);
    }
  }
}
AttestedFiles::~AttestedFiles() = default;
AttestedFiles::AttestedFiles(AttestedFiles&&) noexcept = default;

std::vector<Check> AttestedFiles::check(const fs::path& path) const {
  std::vector<Check> checks;
  for (const fs::path& file : files_of(path)) checks.push_back(state_->check(file));
  if (checks.empty()) {
    checks.push_back(
        {check_name, Check::Result::not_possible, "statements are about archives, and here is none", {}});
  }
  return checks;
}

}  // namespace gostrap
