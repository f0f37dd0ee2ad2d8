#include "cli/attested.hpp"

#include "download/download.hpp"
#include "sdk/manifest.hpp"
#include "sdk/official.hpp"
#include "support/error.hpp"
#include "support/strings.hpp"

namespace gostrap {
namespace {

constexpr const char* check_name = "attested";

/// "alice, bob"
std::string names_of(const std::map<std::string, std::string>& votes) {
  return join(votes, ", ", [](const auto& each) { return each.first; });
}

std::vector<fs::path> files_of(const fs::path& path) {
  if (fs::is_regular_file(path)) return {path};
  const Manifest manifest = read_manifest(path);
  return manifest.kind == Kind::archives ? archives_in(path, manifest) : std::vector<fs::path>();
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

AttestedFiles::AttestedFiles(const AttestedWords& words, bool offline, const Patience& patience,
                             Progress& progress)
    : at_least_(words.at_least.value_or(0)),
      keys_(trusted_keys({words.keys.begin(), words.keys.end()})),
      withheld_(words.withheld.begin(), words.withheld.end()) {
  if (at_least_ > keys_.size()) {
    throw UsageError("--attested " + std::to_string(at_least_) + " asks for more than the " +
                     std::to_string(keys_.size()) + " keys that were named");
  }
  if (!words.statements.empty()) named_.emplace();
  for (const std::string& place : words.statements) {
    if (!is_web_url(place)) {
      add_statements_at(*named_, place);
    } else if (offline) {
      throw Error("fetch statements from " + place, "the network is not to be touched (--offline)",
                  "Fetch the file before, and name that.");
    } else {
      add_statements(*named_, download_text(place, largest_statements, patience, progress), place);
    }
  }
}

Check AttestedFiles::check_file(const fs::path& file) const {
  const std::string name = file.filename().string();
  const Digest sha256 = sha256_file(file);
  Statements beside;
  if (!named_) add_statements_at(beside, file.parent_path(), name + ".");
  const Tally votes = tally(named_ ? *named_ : beside, name, sha256, keys_, withheld_, now_);
  Check check{check_name, Check::Result::passed, {}, {}};
  const std::size_t count = votes.for_it.size();
  check.says = name + " (SHA-256 " + hex(sha256).substr(0, 12) + "…) was made again, say " +
               std::to_string(count) + " of " + counted(keys_.size(), "key") +
               (count == 0 ? "" : ": " + names_of(votes.for_it));
  if (count < at_least_) {
    check.result = Check::Result::failed;
    check.says += "; " + std::to_string(at_least_) + " are asked for";
  }
  for (const auto& [key, statement] : votes.against_it)
    check.details.push_back(key + " could not make it again: " + statement);
  for (const Uncounted& each : votes.uncounted)
    check.details.push_back(each.file + " does not count: " + each.why);
  shorten(check.details);
  return check;
}

std::vector<Check> AttestedFiles::check(const fs::path& path) const {
  std::vector<Check> checks;
  for (const fs::path& file : files_of(path)) checks.push_back(check_file(file));
  if (checks.empty()) {
    checks.push_back(
        {check_name, Check::Result::not_possible, "statements are about archives, and here is none", {}});
  }
  return checks;
}

}  // namespace gostrap
