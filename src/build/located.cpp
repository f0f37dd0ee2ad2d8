#include "build/located.hpp"

#include "support/files.hpp"

namespace gostrap {
namespace {

constexpr int most_links = 40;

fs::path without_slash(const fs::path& path) {
  const fs::path normal = fs::absolute(path).lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

}  // namespace

Located locate(const Store& store, const fs::path& named) {
  std::error_code failed;
  Located located;
  const fs::path typed = without_slash(named);
  located.tree = fs::canonical(typed, failed);
  if (failed) located.tree = typed;
  const fs::path root = fs::canonical(store.root(), failed);
  if (failed) return located;
  fs::path at = typed;
  for (int links = 0; links < most_links; ++links) {
    const fs::path parent = fs::canonical(at.parent_path(), failed);
    if (failed) break;
    const std::string name = at.filename().string();
    if (parent == root && name.size() > 33 && name[32] == '-') {
      located.entry = name;
      break;
    }
    const fs::path target = fs::read_symlink(parent / name, failed);
    if (failed) break;
    at = without_slash(parent / target);
  }
  return located;
}

std::optional<StoreEntry> entry_at(const Store& store, const fs::path& named) {
  const Located located = locate(store, named);
  if (located.entry.empty()) return std::nullopt;
  std::optional<StoreEntry> entry = read_entry(store.provenance_file(located.entry));
  if (entry) entry->path = store.root() / located.entry;
  return entry;
}

}  // namespace gostrap
