// Roots: what must stay in the store, as its user says. A root is a symbolic link, wherever the user wants
// it, that leads to an entry; the store's roots/ directory holds links to those links, so that they can be
// found again. Whoever removes or redirects the link gives the entry up. A link in roots/ itself that leads
// to an entry is a root too.
#pragma once

#include "store/store.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gostrap {

struct Roots {
  std::map<std::string, std::vector<std::filesystem::path>> links;  ///< by entry ("KEY-NAME")
  std::vector<std::filesystem::path> dead;  ///< links in roots/ that no longer lead to an entry

  bool keeps(const std::string& entry) const { return links.count(entry) != 0; }
};

/// Throws Error where roots/ is there and cannot be read: nothing may be removed then.
Roots read_roots(const Store& store);

/// Makes `link` lead to the entry, or to a place inside it, and registers it. What is there already is
/// replaced only when it is a link into the store.
void add_root(const Store& store, const std::string& entry, const std::filesystem::path& link,
              const std::filesystem::path& inside = {});

/// Whether a path is a link that leads into the store, or led to an entry that is gone.
bool leads_into(const Store& store, const std::filesystem::path& link);

}  // namespace gostrap
