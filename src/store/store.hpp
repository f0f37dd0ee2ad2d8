// The store: where outputs live when Nix is not used. Entries are named KEY-NAME, appear at once by a rename,
// are read-only, and share the files they have in common as hard links. Beside them lie their provenance and
// log.
#pragma once

#include "release/kind.hpp"
#include "release/profile.hpp"
#include "release/releases.hpp"
#include "store/provenance.hpp"
#include "support/json.hpp"
#include "support/lock.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

/// Where an entry comes from: docs/TRUST.md says what follows from it.
enum class Origin {
  built,      ///< made here from source, of nothing that a stranger brought
  published,  ///< unpacked from upstream's archive, or made with what was
  pinned,     ///< a source, whoever brought it: its hash is the release's
  vouched,    ///< by a bundle with the signature of a key that the user named
  stranger,   ///< by a bundle that nobody vouches for, or made with what is
};
std::string text(Origin origin);

/// An entry that is there, as its provenance tells.
struct StoreEntry {
  std::string entry;  ///< "KEY-NAME"
  std::string key() const { return entry.substr(0, entry.find('-')); }
  std::string name() const { return entry.substr(entry.find('-') + 1); }
  std::string what() const;  ///< for people: "sdk go1.24.4 linux/riscv64"
  std::filesystem::path path;
  Kind kind = Kind::source;
  std::string release;           ///< empty for modules
  std::optional<Digest> source;  ///< the release's: of its NAR
  Port port;
  bool reference = false;
  Profile profile;
  Origin origin = Origin::built;
  std::string bundle;  ///< "sha256:…" of the index of the bundle that brought it, or what it is made with
  std::string signed_by;  ///< the fingerprint of the key that signed that bundle; empty: nobody signed it
  std::optional<PublishedArchive> published;  ///< upstream's archive, where its toolchain is out of that
  bool is_strangers() const { return origin == Origin::stranger; }
  bool is_published() const { return origin == Origin::published; }
  /// "unsigned, from the bundle sha256:…"; empty for what was built here
  std::string whence() const;
  Time made;                                ///< by this machine's clock: of installing, where it was
  std::filesystem::file_time_type written;  ///< which of two was first, where `made` is the same
};

/// {"kind", "name", "release", "port", "made", "path", "origin"}: a release and a port where it has them; of
/// what came with a bundle also {"bundle", "signedBy"}, and of what upstream has built {"published": {"file",
/// "sha256"}}.
Json to_json(const StoreEntry& entry);

class Store {
 public:
  /// Nothing is made until something is written.
  explicit Store(std::filesystem::path root);

  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path path(const std::string& entry) const { return root_ / entry; }
  bool has(const std::string& entry) const { return std::filesystem::is_directory(path(entry)); }
  /// Whether the entry's provenance says that it is a stranger's.
  bool is_strangers(const std::string& entry) const;
  /// Gives an entry of a stranger's another key, since it lies where something is to be made. To be called
  /// under the lock of its key.
  void move_aside(const std::string& entry) const;
  std::filesystem::path log(const std::string& entry) const { return root_ / "logs" / (entry + ".log"); }
  std::filesystem::path provenance_file(const std::string& entry) const {
    return root_ / "provenance" / (entry + ".json");
  }
  std::filesystem::path roots() const { return root_ / "roots"; }
  std::filesystem::path work() const { return root_ / "work"; }

  /// Whoever wants to hear what the store cannot do without failing: protect an entry, read a provenance.
  void listen(std::function<void(const std::string&)> listener) { listener_ = std::move(listener); }

  /// Makes the directories; removes what killed runs left. Others may read what lies there, whatever the
  /// umask.
  void prepare() const;
  /// Puts a provenance in its place at once, and what tells prune of users beside it.
  void keep_provenance(const std::string& entry, const Provenance& provenance,
                       const std::filesystem::path& work) const;
  /// Held by whoever makes the entry of that key.
  FileLock lock(const std::string& key, const std::function<void()>& waiting) const;
  std::filesystem::path lock_file(const std::string& key) const { return root_ / "locks" / key; }
  std::filesystem::path use_file(const std::string& key) const { return root_ / "locks" / (key + ".use"); }
  /// As long as somebody holds it, prune leaves the entry of that key alone. Nothing where it cannot be had,
  /// which the listener is told.
  std::optional<FileLock> use(const std::string& key) const;

  /// Everything that is there, newest first; what upstream has built behind that, and strangers' behind all
  /// others. An entry without a readable provenance is left out.
  std::vector<StoreEntry> entries() const;
  /// The newest entry of that kind and profile for the port (whatever port for a source), not made the
  /// reference way. One that upstream has built only where there is no other, and a stranger's after that:
  /// whoever uses it says so.
  std::optional<StoreEntry> find(Kind kind, const Release& release, const Port& port,
                                 const Profile& profile = {}) const;

  /// Where the text of a patch is kept, by its SHA-256: what was made with it can be made again.
  std::filesystem::path patch(const Digest& digest) const {
    return root_ / "patches" / (hex(digest) + ".patch");
  }

 private:
  void tell(const std::string& words) const {
    if (listener_) listener_(words);
  }

  std::filesystem::path root_;
  std::function<void(const std::string&)> listener_;
};

/// What a provenance says of its entry, without the path; nothing for what no gostrap has written.
std::optional<StoreEntry> read_entry(const std::filesystem::path& provenance);

/// The releases that entries are of, newest first; those that are not known are left out.
std::vector<std::reference_wrapper<const Release>> releases_in(const std::vector<StoreEntry>& entries,
                                                               const Releases& releases);
// of a temporary nothing would be left to look at
std::vector<std::reference_wrapper<const Release>> releases_in(const std::vector<StoreEntry>& entries,
                                                               Releases&& releases) = delete;

/// Store::find among entries that were read before, for whoever looks for several.
const StoreEntry* find_entry(const std::vector<StoreEntry>& entries, Kind kind, const Release& release,
                             const Port& port, const Profile& profile = {});

/// $GOSTRAP_STORE, else $XDG_DATA_HOME/gostrap/store.
std::filesystem::path default_store();

}  // namespace gostrap
