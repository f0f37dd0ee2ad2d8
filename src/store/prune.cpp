#include "store/prune.hpp"

#include "store/sizes.hpp"
#include "support/encoding.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"
#include "support/stage.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

namespace gostrap {
namespace {

using std::chrono::system_clock;

/// The key that the name of an entry, or of what lies beside it, begins with; "" for other names.
std::string key_in(const std::string& name) {
  std::string key = name.substr(0, 32);
  if (!is_hex(key, 32)) return "";
  return name.size() == 32 || name[32] == '-' || name[32] == '.' ? key : "";
}

/// What lies in a directory; nothing when it is not there.
std::vector<fs::path> listing(const fs::path& directory) {
  std::vector<fs::path> paths;
  std::error_code failed;
  for (fs::directory_iterator each(directory, failed); !failed && each != fs::directory_iterator();
       each.increment(failed)) {
    paths.push_back(each->path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool is_younger(const fs::path& file, const PruneOptions& options, system_clock::time_point now) {
  struct stat status = {};
  if (!options.older_than || ::stat(file.c_str(), &status) != 0) return false;
  return system_clock::from_time_t(status.st_mtime) > now - *options.older_than;
}

/// Both locks of an entry: nobody makes it, and nobody uses it.
struct EntryLocks {
  std::optional<FileLock> use, make;

  EntryLocks(const Store& store, const std::string& key)
      : use(FileLock::attempt(store.use_file(key), LockMode::exclusive)),
        make(FileLock::attempt(store.lock_file(key), LockMode::exclusive)) {}
  explicit operator bool() const { return use && make; }
};

/// Out of the store by one rename, then removed. `held` is where it is on the way out.
void remove_entry(const Store& store, const StoreEntry& entry) {
  const HeldDirectory held(store.work(), entry.entry + ".pruned", 0700);
  ::chmod(entry.path.c_str(), 0755);  // or only root may move it
  if (::rename(entry.path.c_str(), (held.path() / "entry").c_str()) != 0) {
    const Error error = system_error("remove " + entry.path.string());
    ::chmod(entry.path.c_str(), 0555);
    throw Error(error);
  }
}

void remove_file(const fs::path& file) {
  if (::unlink(file.c_str()) != 0 && errno != ENOENT) throw system_error("remove " + file.string());
}

/// While its locks are held: whoever waits for one of them notices that its file is gone, and makes it anew.
void remove_beside(const Store& store, const std::string& entry, const std::string& key) {
  remove_file(store.provenance_file(entry));
  remove_file(store.root() / "logs" / (entry + ".log"));
  remove_file(store.lock_file(key));
  remove_file(store.use_file(key));
}

void remove_remains(const Store& store, const std::vector<fs::path>& remains) {
  for (const fs::path& file : remains) {
    const std::string key = key_in(file.filename().string());
    const EntryLocks locks(store, key);
    const std::string name = file.stem().string();
    // a lock that was free when the plan was made may be somebody's now, who may have made the entry
    if (!locks || fs::is_directory(store.root() / name)) continue;
    remove_file(file);
    if (!fs::exists(store.provenance_file(name))) {
      remove_file(store.lock_file(key));
      remove_file(store.use_file(key));
    }
  }
}

std::string likeness_of_ours(const StoreEntry& entry) {
  return entry.what() + " " + entry.profile.text();
}

std::string likeness(const StoreEntry& entry) {
  return likeness_of_ours(entry) + (entry.is_strangers()   ? " of a stranger"
                                    : entry.is_published() ? " of upstream's"
                                                           : "");
}

/// Whether somebody makes or uses it now; who cannot find out will fail when it is to be removed.
bool in_use(const Store& store, const std::string& key) {
  return FileLock::is_held(store.use_file(key), LockMode::shared) ||
         FileLock::is_held(store.lock_file(key), LockMode::shared);
}

}  // namespace

PrunePlan plan_prune(const Store& store, const PruneOptions& options, system_clock::time_point now) {
  PrunePlan plan;
  const Roots roots = read_roots(store);
  plan.dead_roots = roots.dead;
  // by kind, port, release, profile, and whose it is: what a stranger brought, or upstream has built,
  // replaces nothing but its like
  std::map<std::string, unsigned> seen;
  std::set<std::string> known;
  SizeCounter sizes;
  for (const StoreEntry& entry : store.entries()) {
    check_interrupt();
    known.insert(entry.entry);
    const std::string like = likeness(entry);
    const unsigned newer =
        seen[like]++ + (like != likeness_of_ours(entry) ? seen[likeness_of_ours(entry)] : 0);
    if (fs::is_symlink(fs::symlink_status(entry.path))) {
      plan.kept.push_back(
          {entry, "a link to " + fs::read_symlink(entry.path).string() + ", which is yours to remove"});
    } else if (roots.keeps(entry.entry)) {
      plan.kept.push_back({entry, "root " + roots.links.at(entry.entry).front().string()});
    } else if (newer < options.keep) {
      plan.kept.push_back({entry, options.keep == 1 ? "the newest" : "among the newest"});
    } else if (options.older_than && entry.made > now - *options.older_than) {
      plan.kept.push_back({entry, "not old enough"});
    } else if (in_use(store, entry.key())) {
      plan.kept.push_back({entry, "in use"});
    } else {
      plan.entries.push_back(entry);
      sizes.add(entry.path);
    }
  }
  std::set<std::string> keys;
  for (const fs::path& path : listing(store.root())) {
    const std::string name = path.filename().string();
    if (key_in(name).empty() || !fs::is_directory(path)) continue;
    keys.insert(key_in(name));
    if (known.count(name) == 0) plan.unknown.push_back(path);
  }
  for (const char* directory : {"logs", "provenance", "locks"}) {
    for (const fs::path& file : listing(store.root() / directory)) {
      const std::string key = key_in(file.filename().string());
      if (key.empty() || keys.count(key) != 0 || is_younger(file, options, now)) continue;
      // what is being made has a log and a lock already
      if (!FileLock::is_held(store.lock_file(key))) plan.remains.push_back(file);
    }
  }
  plan.frees = sizes.sizes().own;
  return plan;
}

Pruned prune(const Store& store, const PrunePlan& plan, Progress& progress) {
  store.prepare();
  Pruned pruned;
  SizeCounter sizes;
  progress.phase("Removing " + std::to_string(plan.entries.size()) + " entries");
  for (const StoreEntry& entry : plan.entries) {
    check_interrupt();
    const EntryLocks locks(store, entry.key());
    if (!locks) {
      pruned.left.push_back({entry, "in use"});
      continue;
    }
    // asked again under its locks: whoever makes a root holds the entry until the root is there
    const Roots roots = read_roots(store);
    if (roots.keeps(entry.entry)) {
      pruned.left.push_back({entry, "root " + roots.links.at(entry.entry).front().string()});
      continue;
    }
    if (!fs::is_directory(entry.path)) continue;  // another prune was here
    sizes.add(entry.path);
    remove_entry(store, entry);
    remove_beside(store, entry.entry, entry.key());
    pruned.removed.push_back(entry);
    progress.amount(pruned.removed.size(), plan.entries.size(), "entries");
  }
  for (const fs::path& root : plan.dead_roots) {
    if (const Roots now = read_roots(store);
        std::find(now.dead.begin(), now.dead.end(), root) != now.dead.end())
      remove_file(root);
  }
  remove_remains(store, plan.remains);
  pruned.freed = sizes.sizes().own;
  return pruned;
}

}  // namespace gostrap
