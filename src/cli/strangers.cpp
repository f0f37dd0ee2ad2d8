#include "cli/strangers.hpp"

#include "store/located.hpp"

#include <iostream>

namespace gostrap {

void tell_strangers(const StoreEntry& entry) {
  if (!entry.is_strangers()) return;
  std::cerr << "gostrap: " << entry.what() << " is " << entry.whence()
            << ": nobody whom you named vouches for it (gostrap bundle install FILE --key FILE.pub)\n";
}

std::optional<StoreEntry> origin_at(const Store& store, const std::filesystem::path& path) {
  if (auto entry = entry_at(store, path)) return entry;
  const Located located = locate(store, path);
  std::optional<StoreEntry> beside = read_entry(located.tree.string() + ".provenance.json");
  // what lies beside a directory came with it, perhaps: it may say that it is a stranger's, and no more
  if (!beside || !beside->is_strangers()) return std::nullopt;
  beside->path = located.tree;
  return beside;
}

void tell_strangers_at(const Store& store, const std::filesystem::path& path) {
  if (const auto entry = origin_at(store, path)) tell_strangers(*entry);
}

}  // namespace gostrap
