#include "cli/command_line.hpp"

#include "cli/mistaken_words.hpp"
#include "cli/terminal.hpp"
#include "support/directories.hpp"
#include "support/error.hpp"
#include "support/process.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <mutex>
#include <set>
#include <sstream>

namespace gostrap {
namespace {

std::uint64_t number_in(const std::string& option, const std::string& text) {
  std::uint64_t number = 0;
  std::istringstream stream(text);
  if (!(stream >> number) || !stream.eof() || text.front() == '-') {
    throw UsageError("--" + option + " takes a number, not \"" + text + "\"");
  }
  return number;
}

/// "60" or "0.5", in seconds
std::chrono::milliseconds time_in(const std::string& option, const std::string& text) {
  double seconds = 0;
  std::istringstream stream(text);
  if (!(stream >> seconds) || !stream.eof() || !(seconds >= 0.001 && seconds <= 86'400)) {
    throw UsageError("--" + option + " takes a number of seconds, not \"" + text + "\"");
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

/// "bundle create" of "gostrap bundle create [PORT[@V]…] …": its words in small letters.
std::string verb_of(const std::string& usage) {
  std::string verb;
  for (std::size_t start = usage.find(' ') + 1; start < usage.size();) {
    const std::size_t end = std::min(usage.find(' ', start), usage.size());
    const std::string word = usage.substr(start, end - start);
    if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos) break;
    verb += (verb.empty() ? "" : " ") + word;
    start = end + 1;
  }
  return verb;
}

std::vector<KnownOption> known_options(const cxxopts::Options& options) {
  std::vector<KnownOption> known;
  for (const std::string& group : options.groups()) {
    for (const cxxopts::HelpOptionDetails& each : options.group_help(group).options)
      known.push_back({each.s, each.l, !each.is_boolean});
  }
  return known;
}

}  // namespace

CommandLine::CommandLine(const std::string& usage, const std::string& text)
    : options_("gostrap", text), usage_("gostrap " + usage) {
  options_.custom_help(usage);
  options_.set_width(100);
  add()("store", "where outputs live (default: $GOSTRAP_STORE, else the XDG data directory)",
        cxxopts::value<std::string>(), "DIR");
  add()("releases", "a user's own releases, beside those that ship", cxxopts::value<std::string>(), "FILE");
  add()("offline", "never touch the network; say what is missing");
  add()("json", "one JSON document on standard output");
  add()("events", "progress as JSON lines on standard error");
  add()("h,help", "show this");
  add()("arguments", "", cxxopts::value<std::vector<std::string>>());
}

void CommandLine::add_release() {
  add()("release",
        "the Go release, such as 1.24.4 or 1.24 (default: one that the store has, else the newest that "
        "ships)",
        cxxopts::value<std::string>(), "V");
}

void CommandLine::add_jobs() {
  add()("j,jobs", "how many processors to use (default: all)", cxxopts::value<std::string>(), "N");
}

void CommandLine::add_limits() {
  add()("max-bytes", "the largest source tree to accept", cxxopts::value<std::string>(), "N");
  add()("max-entries", "the most files and directories to accept", cxxopts::value<std::string>(), "N");
  add()("max-depth", "the deepest nesting of directories to accept", cxxopts::value<std::string>(), "N");
  add()("max-ratio", "the largest ratio of unpacked to packed size to accept", cxxopts::value<std::string>(),
        "N");
}

void CommandLine::add_patience() {
  add()("timeout", "how long a git server may say nothing (default: 60)", cxxopts::value<std::string>(),
        "SECONDS");
  add()("min-speed", "the slowest line to accept, on the average of five timeouts (default: 1000)",
        cxxopts::value<std::string>(), "BYTES/S");
  add()("retries", "how often to try a server again that hangs up, is slow or busy (default: 2)",
        cxxopts::value<std::string>(), "N");
}

void CommandLine::add_out() {
  add()("out", "the directory to make (must not be there yet)", cxxopts::value<std::string>(), "D");
  add()("provenance", "where to write how it came to be (default: D.provenance.json)",
        cxxopts::value<std::string>(), "FILE");
}

bool CommandLine::parse(const std::vector<std::string>& words) {
  std::vector<const char*> argv{"gostrap"};
  for (const std::string& word : words) argv.push_back(word.c_str());
  const std::string verb = verb_of(usage_);
  if (const auto mistaken = mistaken_option(words, known_options(options_), verb))
    throw UsageError(*mistaken);
  options_.parse_positional({"arguments"});
  options_.positional_help("");
  try {
    result_ = options_.parse(static_cast<int>(argv.size()), argv.data());
  } catch (const cxxopts::exceptions::exception& error) {
    throw UsageError(std::string("cannot understand the command line: ") + error.what(),
                     "`gostrap " + verb + " --help` shows the options.");
  }
  if (has("help")) {
    std::cout << options_.help();
    return false;
  }
  arguments_ = texts("arguments");
  // an empty variable of a script is no wish for the default
  if (has("release") && text("release").empty())
    throw UsageError("--release is empty", "Such as: --release 1.24.4");
  return true;
}

std::string CommandLine::text(const std::string& option) const {
  return has(option) ? (*result_)[option].as<std::string>() : "";
}

std::vector<std::string> CommandLine::texts(const std::string& option) const {
  std::vector<std::string> result;
  // as it was given: cxxopts itself would take one text with commas for several
  for (const cxxopts::KeyValue& each : result_->arguments()) {
    if (each.key() == option) result.push_back(each.value());
  }
  return result;
}

std::string CommandLine::one_argument(const std::string& what) const {
  if (arguments_.size() != 1) {
    throw UsageError("it needs exactly one " + what + ", and was given " + std::to_string(arguments_.size()),
                     "Usage: " + usage_);
  }
  return arguments_.front();
}

void CommandLine::require_arguments(const std::string& what) const {
  if (arguments_.empty()) throw UsageError("it needs at least one " + what, "Usage: " + usage_);
}

bool CommandLine::offline() const {
  return has("offline") || environment_value("GOSTRAP_OFFLINE").has_value();
}

fs::path CommandLine::releases_file() const {
  return has("releases") ? fs::path(text("releases")) : user_releases_file();
}

Releases CommandLine::releases() const {
  if (has("releases") && !fs::exists(releases_file())) {
    throw UsageError("--releases names " + releases_file().string() + ", which is not there");
  }
  if (!has("releases") && !base_directory(BaseDirectory::config)) return Releases::load({});
  return Releases::load(releases_file());
}

Store CommandLine::store() const {
  Store store(has("store") ? fs::path(text("store")) : default_store());
  store.listen([](const std::string& words) {
    static std::mutex mutex;
    static std::set<std::string> told;  // each once, however often it is asked for
    const std::lock_guard lock(mutex);
    if (told.insert(words).second) std::cerr << "gostrap: " << words << "\n";
  });
  return store;
}

unsigned CommandLine::jobs() const {
  return has("jobs") ? static_cast<unsigned>(number_in("jobs", text("jobs"))) : 0;
}

Limits CommandLine::limits(Limits limits) const {
  if (has("max-bytes")) limits.bytes = number_in("max-bytes", text("max-bytes"));
  if (has("max-entries")) limits.entries = number_in("max-entries", text("max-entries"));
  if (has("max-depth")) limits.depth = number_in("max-depth", text("max-depth"));
  if (has("max-ratio")) limits.ratio = number_in("max-ratio", text("max-ratio"));
  return limits;
}

Patience CommandLine::patience() const {
  Patience patience;
  if (has("timeout")) patience.silence = time_in("timeout", text("timeout"));
  if (has("min-speed")) patience.slowest = number_in("min-speed", text("min-speed"));
  if (has("retries"))
    patience.retries =
        static_cast<unsigned>(std::min<std::uint64_t>(number_in("retries", text("retries")), 100));
  return patience;
}

fs::path CommandLine::out() const {
  if (!has("out")) throw UsageError("--out D is missing: the directory to make", "Usage: " + usage_);
  return text("out");
}

std::unique_ptr<PlanProgress> CommandLine::progress() const {
  if (has("events")) return event_progress();
  // lines are rewritten where the terminal says that it can: in an editor's shell TERM is "dumb"
  const std::string terminal = environment_value("TERM").value_or("dumb");
  return ::isatty(STDERR_FILENO) == 1 && terminal != "dumb" ? terminal_progress() : plain_progress();
}

void print_json(const Json& json) {
  std::cout << to_text(with_secrets_hidden(json));
}

}  // namespace gostrap
