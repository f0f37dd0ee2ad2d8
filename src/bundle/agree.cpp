#include "bundle/agree.hpp"

#include "archive/untrusted_name.hpp"

namespace gostrap {

std::string why_not_as_in_manifest(const Contents& contents, const Manifest& manifest) {
  const std::string own = manifest_path({}).string();
  std::size_t found = 0;
  for (const Item& item : contents) {
    if (item.type == Item::Type::directory || item.path == own) continue;
    ++found;
    bool same = false;
    if (item.type == Item::Type::symlink) {
      const auto link = manifest.links.find(item.path);
      same = link != manifest.links.end() && link->second == item.target;
    } else {
      const auto file = manifest.files.find(item.path);
      same = file != manifest.files.end() && file->second == FileRecord{item.digest, item.executable};
    }
    if (!same) return in_quotes(item.path) + " is not what its manifest says";
  }
  if (found != manifest.files.size() + manifest.links.size())
    return "its manifest names files that are missing";
  return {};
}

}  // namespace gostrap
