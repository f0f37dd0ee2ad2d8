#include "store/roots.hpp"

#include "support/atomic_file.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace gostrap {
namespace {

/// The entry that a link leads to, or "".
std::string entry_behind(const fs::path& link, const fs::path& store) {
  std::error_code failed;
  const fs::path target = fs::canonical(link, failed);
  if (failed) return {};
  const fs::path inside = target.lexically_relative(store);
  const std::string first = inside.empty() ? "" : inside.begin()->string();
  return first == ".." || first == "." ? "" : first;
}

/// Puts a link in its place at once.
void place_link(const fs::path& target, const fs::path& link) {
  const std::string doing = "make the link " + link.string();
  AtomicFile whole(link, doing);
  if (::symlink(target.c_str(), whole.temporary().c_str()) != 0) throw system_error(doing);
  whole.commit();
}

}  // namespace

Roots read_roots(const Store& store) {
  Roots roots;
  std::error_code failed;
  if (fs::symlink_status(store.roots(), failed).type() == fs::file_type::not_found) return roots;
  fs::directory_iterator each(store.roots(), failed);
  if (failed) throw Error("read the roots in " + store.roots().string(), failed.message());
  const fs::path real_store = fs::canonical(store.root());
  for (; !failed && each != fs::directory_iterator(); each.increment(failed)) {
    const fs::path registered = each->path();
    // one on its way to its name, or one that another process takes away
    if (registered.extension() == AtomicFile::ending) continue;
    std::error_code gone;
    const fs::path target = fs::read_symlink(registered, gone);
    if (gone) continue;
    const fs::path named = (store.roots() / target).lexically_normal();
    const std::string entry = entry_behind(registered, real_store);
    if (entry.empty()) {
      roots.dead.push_back(registered);
    } else {
      // a link that leads straight to an entry is its own root
      const bool outside = fs::is_symlink(fs::symlink_status(named));
      roots.links[entry].push_back(outside ? named : registered);
    }
  }
  if (failed) throw Error("read the roots in " + store.roots().string(), failed.message());
  for (auto& [entry, links] : roots.links) std::sort(links.begin(), links.end());
  std::sort(roots.dead.begin(), roots.dead.end());
  return roots;
}

bool leads_into(const Store& store, const fs::path& link) {
  if (!fs::is_symlink(fs::symlink_status(link))) return false;
  if (!entry_behind(link, fs::canonical(store.root())).empty()) return true;
  const fs::path inside = fs::read_symlink(link).lexically_relative(store.root());
  return !inside.empty() && *inside.begin() != ".." && *inside.begin() != ".";
}

void add_root(const Store& store, const std::string& entry, const fs::path& link, const fs::path& inside) {
  const fs::path path = fs::absolute(link).lexically_normal();
  const fs::file_status there = fs::symlink_status(path);
  if (fs::exists(there) && !leads_into(store, path)) {
    throw Error("make the root " + path.string(), "something is there already that is no link into the store",
                "Name another place, or remove it first.");
  }
  const std::string before =
      fs::exists(there) ? entry_behind(path, fs::canonical(store.root())) : std::string();
  if (!before.empty() && store.is_strangers(entry) && !store.is_strangers(before)) {
    throw Error("make the root " + path.string(),
                "it leads to " + before + ", and would lead to what nobody whom you named vouches for",
                "Name another place, or remove it first.");
  }
  make_directories(path.parent_path());
  const bool there_before = fs::exists(store.roots());
  make_directories(store.roots());
  if (!there_before) ::chmod(store.roots().c_str(), 0755);  // others read it too, whatever the umask
  // the user's first: one that is registered and leads nowhere is taken for dead
  const fs::path target = store.root() / entry;
  place_link(inside.empty() ? target : target / inside, path);
  try {
    place_link(path, store.roots() / hex(sha256(path.string())).substr(0, 32));
  } catch (...) {  // a link that keeps nothing from prune is none
    std::error_code ignored;
    if (!fs::exists(there)) fs::remove(path, ignored);
    throw;
  }
}

}  // namespace gostrap
