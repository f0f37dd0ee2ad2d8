#include "cli/common_words.hpp"

#include "cli/terminal.hpp"
#include "support/directories.hpp"
#include "support/error.hpp"
#include "support/process.hpp"
#include "support/shell_words.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <mutex>
#include <set>

namespace gostrap {

void CommonWords::declare(Options& options) {
  options.add("store", "where outputs live (default: $GOSTRAP_STORE, else the XDG data directory)", "DIR",
              store_directory);
  options.add("releases", "a user's own releases, beside those that ship", "FILE", own_releases);
  options.add("offline", "never touch the network; say what is missing", without_network);
  options.add("json", "one JSON document on standard output", json);
  options.add("events", "progress as JSON lines on standard error", events);
  options.add("q,quiet", "no progress on standard error, only what must not be lost", quiet);
  options.add_help();
  options.add_arguments(arguments);
}

void BareWords::declare(Options& options) {
  options.add_help();
  options.add_arguments(arguments);
}

bool CommonWords::offline() const {
  return without_network || environment_value("GOSTRAP_OFFLINE").has_value();
}

fs::path CommonWords::releases_file() const {
  return own_releases ? *own_releases : user_releases_file();
}

Releases CommonWords::releases() const {
  if (own_releases && !fs::exists(*own_releases)) {
    throw UsageError("--releases names " + own_releases->string() + ", which is not there");
  }
  if (!own_releases && !base_directory(BaseDirectory::config)) return Releases::load({});
  return Releases::load(releases_file());
}

Store CommonWords::store() const {
  Store store(store_directory ? *store_directory : default_store());
  std::error_code hidden;
  if (fs::exists(store.root(), hidden) && !fs::is_directory(store.root(), hidden)) {
    throw Error("use the store " + store.root().string(), "it is no directory",
                "A store is a directory: --store DIR, or GOSTRAP_STORE.");
  }
  store.listen([](const std::string& words) {
    static std::mutex mutex;
    static std::set<std::string> told;  // each once, however often it is asked for
    const std::lock_guard lock(mutex);
    if (told.insert(words).second) std::cerr << "gostrap: " << words << "\n";
  });
  return store;
}

std::string CommonWords::store_words() const {
  return store_directory ? " --store " + as_word(store_directory->string()) : "";
}

std::unique_ptr<PlanProgress> CommonWords::progress() const {
  if (events) return event_progress();
  if (quiet) return quiet_progress();
  // lines are rewritten where the terminal says that it can: in an editor's shell TERM is "dumb"
  const std::string terminal = environment_value("TERM").value_or("dumb");
  return ::isatty(STDERR_FILENO) == 1 && terminal != "dumb" ? terminal_progress() : plain_progress();
}

bool CommonWords::is_at_terminal() const {
  return ::isatty(STDERR_FILENO) == 1 && !json && !events && !quiet;
}

void ReleaseWord::declare(Options& options) {
  options.add(
      "release",
      "the Go release, such as 1.24.4, 1.24 or ./go.mod (default: $GOSTRAP_RELEASE, else what the project "
      "here says, else one that the store has, else the default of `release list`)",
      "V", name);
  options.check([this] {
    // an empty variable of a script is no wish for the default
    if (name && name->empty()) throw UsageError("--release is empty", "Such as: --release 1.24.4");
  });
}

void JobsWord::declare(Options& options) {
  options.add("j,jobs", "how many processors to use (default: all)", "N", number);
  options.check([this] {
    if (number == 0)
      throw UsageError("--jobs 0 leaves no processor to work with", "Without --jobs it takes all.");
  });
}

void LimitsWords::declare(Options& options) {
  options.add("max-bytes", "the largest source tree to accept", "N", bytes);
  options.add("max-entries", "the most files and directories to accept", "N", entries);
  options.add("max-depth", "the deepest nesting of directories to accept", "N", depth);
  options.add("max-ratio", "the largest ratio of unpacked to packed size to accept", "N", ratio);
}

Limits LimitsWords::limits(Limits limits) const {
  limits.bytes = bytes.value_or(limits.bytes);
  limits.entries = entries.value_or(limits.entries);
  limits.depth = depth.value_or(limits.depth);
  limits.ratio = ratio.value_or(limits.ratio);
  return limits;
}

void PatienceWords::declare(Options& options) {
  options.add("timeout", "how long a server may say nothing (default: 60)", "SECONDS", timeout);
  options.add("min-speed", "the slowest line to accept, on the average of five timeouts (default: 1000)",
              "BYTES/S", min_speed);
  options.add("retries", "how often to try a server again that hangs up, is slow or busy (default: 2)", "N",
              retries);
}

Patience PatienceWords::patience() const {
  Patience patience;
  patience.timeout = timeout.value_or(patience.timeout);
  patience.min_speed = min_speed.value_or(patience.min_speed);
  if (retries) patience.retries = static_cast<unsigned>(std::min<std::uint64_t>(*retries, 100));
  return patience;
}

void OutWord::declare(Options& options) {
  declare(options, "the directory to make (must not be there yet)", "D");
}

void OutWord::declare(Options& options, const std::string& help, const std::string& stands_for) {
  options.add("out", help, stands_for, directory);
  usage = options.usage();
  missing = "--out " + stands_for + " is missing: " + help;
}

fs::path OutWord::required() const {
  if (!directory) throw UsageError(missing, "Usage: " + usage);
  return *directory;
}

void RootWord::declare(Options& options, const std::string& help) {
  options.add("root", help, "LINK", link);
}

void print_json(const Json& json) {
  std::cout << to_text(with_secrets_hidden(json));
}

}  // namespace gostrap
