#include "store/located.hpp"

#include "support/files.hpp"

namespace gostrap {
namespace {

constexpr int most_links = 40;

/// The name in its real directory, as the kernel finds it: behind a link `..` is not the directory before it.
fs::path in_real_directory(fs::path path) {
  path = fs::absolute(path);
  while (!path.has_filename() && path.has_relative_path()) path = path.parent_path();
  std::error_code failed;
  const fs::path name = path.filename();
  const bool plain = name != "." && name != "..";
  const fs::path real = fs::canonical(plain ? path.parent_path() : path, failed);
  if (failed) return path.lexically_normal();
  return plain ? real / name : real;
}

}  // namespace

Located locate(const Store& store, const fs::path& named) {
  std::error_code failed;
  Located located;
  const fs::path typed = in_real_directory(named);
  located.tree = fs::canonical(typed, failed);
  if (failed) located.tree = typed;
  const fs::path root = fs::canonical(store.root(), failed);
  if (failed) return located;
  fs::path at = typed;
  for (int links = 0; links < most_links; ++links) {
    const fs::path parent = at.parent_path();
    const std::string name = at.filename().string();
    if (parent == root && name.size() > 33 && name[32] == '-') {
      located.entry = name;
      break;
    }
    const fs::path target = fs::read_symlink(at, failed);
    if (failed) break;
    at = in_real_directory(parent / target);
  }
  // what is known of an entry is said of nothing else
  if (!located.entry.empty() && fs::canonical(root / located.entry, failed) != located.tree)
    located.entry.clear();
  return located;
}

std::optional<StoreEntry> entry_at(const Store& store, const fs::path& named) {
  const Located located = locate(store, named);
  if (located.entry.empty()) return std::nullopt;
  std::optional<StoreEntry> entry = read_entry(store.provenance_file(located.entry));
  if (entry) entry->path = store.root() / located.entry;
  return entry;
}

std::optional<StoreEntry> known_entry_at(const Store& store, const fs::path& named) {
  if (auto entry = entry_at(store, named)) return entry;
  const Located located = locate(store, named);
  std::optional<StoreEntry> beside = read_entry(located.tree.string() + ".provenance.json");
  // what lies beside a directory came with it, perhaps: it may say that it is a stranger's, and no more
  if (!beside || !beside->is_strangers()) return std::nullopt;
  beside->path = located.tree;
  return beside;
}

}  // namespace gostrap
