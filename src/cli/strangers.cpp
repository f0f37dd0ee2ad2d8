#include "cli/strangers.hpp"

#include "store/located.hpp"

#include <iostream>

namespace gostrap {

void tell_strangers(const StoreEntry& entry) {
  if (!entry.is_strangers()) return;
  std::cerr << "gostrap: " << entry.what() << " is " << entry.whence()
            << ": nobody whom you named vouches for it (gostrap bundle install FILE --key FILE.pub)\n";
}

void tell_strangers_at(const Store& store, const std::filesystem::path& path) {
  if (const auto entry = known_entry_at(store, path)) tell_strangers(*entry);
}

}  // namespace gostrap
