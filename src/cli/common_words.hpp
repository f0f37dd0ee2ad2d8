// Options that many verbs have, as small groups: a verb's words are made of these and of its own.
#pragma once

#include "archive/tree_writer.hpp"
#include "cli/options.hpp"
#include "release/releases.hpp"
#include "store/store.hpp"
#include "support/patience.hpp"
#include "support/progress.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace gostrap {

/// What every verb has: where the store and the releases are, how it speaks, and the words that are no
/// options.
struct CommonWords {
  std::optional<fs::path> store_directory, own_releases;
  bool without_network = false, json = false, events = false, quiet = false;
  Arguments arguments;

  void declare(Options& options);

  bool offline() const;
  Releases releases() const;
  fs::path releases_file() const;
  Store store() const;
  /// " --store DIR" for a command that is told to be typed next; empty where the store was not named by that
  /// option.
  std::string store_words() const;
  /// A watcher fit for what standard error is: a terminal, a pipe or (--events) a program.
  std::unique_ptr<PlanProgress> progress() const;
  /// Whether a person reads standard error, who asked neither for JSON nor for quiet.
  bool is_at_terminal() const;
};

/// Of a verb that asks neither store nor releases.
struct BareWords {
  Arguments arguments;

  void declare(Options& options);
};

struct ReleaseWord {
  std::optional<std::string> name;
  fs::path project{};  ///< whose go.mod counts; empty for the working directory's

  void declare(Options& options);
  std::string text() const { return name.value_or(""); }
};

struct JobsWord {
  std::optional<std::uint64_t> number;

  void declare(Options& options);
  unsigned jobs() const { return static_cast<unsigned>(number.value_or(0)); }
};

struct LimitsWords {
  std::optional<std::uint64_t> bytes, entries, depth, ratio;

  void declare(Options& options);
  Limits limits(Limits otherwise = {}) const;  ///< those that were named, and for the others `otherwise`
};

struct PatienceWords {
  std::optional<std::chrono::milliseconds> timeout;
  std::optional<std::uint64_t> min_speed, retries;

  void declare(Options& options);
  Patience patience() const;
};

/// --out D of what makes a directory.
struct OutWord {
  std::optional<fs::path> directory;
  std::string usage, missing;

  void declare(Options& options);
  /// Of another output than a directory.
  void declare(Options& options, const std::string& help, const std::string& stands_for);
  fs::path required() const;  ///< throws UsageError where it is not there
};

/// --root LINK: a link to what a verb leaves in the store.
struct RootWord {
  std::optional<std::string> link;

  void declare(Options& options, const std::string& help);
};

/// Prints one document on standard output.
void print_json(const Json& json);

}  // namespace gostrap
