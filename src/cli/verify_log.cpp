#include "cli/verify_log.hpp"

#include "download/download.hpp"
#include "support/strings.hpp"
#include "tlog/log_check.hpp"

namespace gostrap {
namespace {

/// Of the user's own go command.
void add_module_cache(const LogKey& key, LogEvidence& evidence) {
  const std::optional<fs::path> cache = module_cache();
  const std::optional<fs::path> directory = cache ? log_directory(*cache, key.name) : std::nullopt;
  if (directory) {
    evidence.sources.push_back(source_in(*directory));
  } else {
    evidence.why_none = cache ? cache->string() + " has no files of " + key.name : "there is no module cache";
  }
}

/// Of that, and of the log itself.
LogEvidence usual_evidence(const LogKey& key, bool offline, const Patience& patience, Progress& progress) {
  LogEvidence evidence;
  add_module_cache(key, evidence);
  if (offline) {
    append(evidence.why_none, "; ", "--offline: the log itself is not asked");
  } else {
    evidence.sources.push_back(source_at("https://" + key.name, patience, progress));
  }
  return evidence;
}

LogEvidence named_evidence(const std::string& from, const LogKey& key, bool offline, const Patience& patience,
                           Progress& progress) {
  LogEvidence evidence;
  if (is_web_url(from)) {
    if (offline) throw UsageError("--log-from names a URL, and --offline never touches the network");
    evidence.sources.push_back(source_at(from, patience, progress));
  } else if (fs::is_regular_file(from)) {
    evidence.proof = from;
    add_module_cache(key, evidence);
  } else if (!fs::is_directory(from)) {
    throw UsageError("--log-from names " + from + ", which is neither a directory nor a file",
                     "A module cache, a .tlog-proof, or a URL.");
  } else if (const auto directory = log_directory(from, key.name)) {
    evidence.sources.push_back(source_in(*directory));
  } else {
    evidence.why_none = from + " has no lookups and tiles of " + key.name;
  }
  return evidence;
}

}  // namespace

void LogWords::declare(Options& options) {
  options.add("log", "and against the Go checksum database, a public log of all modules", log);
  options.add(
      "log-from",
      "its lookups and tiles: a module cache or a directory laid out as one, a URL; or a proof in one file "
      "(default: your module cache, else the log itself)",
      "PLACE", from);
  options.add("log-key", "the key of another log, NAME+HASH+KEY (default: sum.golang.org's)", "KEY", key);
}

LogKey LogWords::log_key() const {
  return parse_log_key(key ? std::string_view(*key) : sum_golang_org);
}

std::vector<Check> ask_log(const LogWords& words, const LoggedModule& module, const CommonWords& common,
                           const Patience& patience, Progress& progress) {
  const LogKey key = words.log_key();
  const LogEvidence evidence = words.from
                                   ? named_evidence(*words.from, key, common.offline(), patience, progress)
                                   : usual_evidence(key, common.offline(), patience, progress);
  std::vector<Check> checks = check_log(module, evidence, KeptCheckpoints(common.store().root(), key));
  for (const Check& check : checks) {
    if (tells_fork(check)) progress.note(check.says + "; " + join(check.details, "; "));
  }
  return checks;
}

}  // namespace gostrap
