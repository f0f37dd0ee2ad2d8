// The store: where outputs live when Nix is not used. Entries are named KEY-NAME, appear at once by a rename,
// are read-only, and share the files they have in common as hard links. Beside them lie their provenance and
// log.
#pragma once

#include "build/step.hpp"
#include "support/json.hpp"
#include "support/lock.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

/// An entry that is there, as its provenance tells.
struct StoreEntry {
  std::string entry;  ///< "KEY-NAME"
  std::string key() const { return entry.substr(0, entry.find('-')); }
  std::string name() const { return entry.substr(entry.find('-') + 1); }
  std::string what() const;  ///< for people: "sdk go1.24.4 linux/riscv64"
  std::filesystem::path path;
  StepKind kind = StepKind::source;
  std::string release;  ///< empty for modules
  std::string source;   ///< the release's source, its NAR hash
  Port port;
  bool reference = false;
  Profile profile;
  std::string made;                         ///< UTC, "2026-11-23T07:00:00Z"
  std::filesystem::file_time_type written;  ///< which of two was first, where `made` is the same
};

/// {"kind", "name", "release", "port", "made", "path"}: a release and a port where it has them.
Json to_json(const StoreEntry& entry);

class Store {
 public:
  /// Nothing is made until something is written.
  explicit Store(std::filesystem::path root);

  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path path(const Step& step) const { return root_ / step.entry(); }
  bool has(const Step& step) const;
  std::filesystem::path log(const Step& step) const { return root_ / "logs" / (step.entry() + ".log"); }
  std::filesystem::path provenance_file(const std::string& entry) const {
    return root_ / "provenance" / (entry + ".json");
  }
  std::filesystem::path roots() const { return root_ / "roots"; }
  std::filesystem::path work() const { return root_ / "work"; }

  /// Makes the directories; removes what killed runs left.
  void prepare() const;
  FileLock lock(const Step& step, const std::function<void()>& waiting) const;
  std::filesystem::path lock_file(const std::string& key) const { return root_ / "locks" / key; }
  std::filesystem::path use_file(const std::string& key) const { return root_ / "locks" / (key + ".use"); }
  /// As long as somebody holds it, prune leaves the entry of that key alone. Nothing where the store cannot
  /// be written.
  std::optional<FileLock> use(const std::string& key) const;

  /// Everything that is there, newest first. An entry without a readable provenance is left out.
  std::vector<StoreEntry> entries() const;
  /// The newest entry of that kind and profile for the port (whatever port for a source), not made the
  /// reference way.
  std::optional<StoreEntry> find(StepKind kind, const Release& release, const Port& port,
                                 const Profile& profile = {}) const;

  /// Where the text of a patch is kept, by its SHA-256: what was made with it can be made again.
  std::filesystem::path patch(const std::string& sha256) const {
    return root_ / "patches" / (sha256 + ".patch");
  }

 private:
  std::filesystem::path root_;
};

/// Store::find among entries that were read before, for whoever looks for several.
const StoreEntry* find_entry(const std::vector<StoreEntry>& entries, StepKind kind, const Release& release,
                             const Port& port, const Profile& profile = {});

/// $GOSTRAP_STORE, else $XDG_DATA_HOME/gostrap/store.
std::filesystem::path default_store();

}  // namespace gostrap
