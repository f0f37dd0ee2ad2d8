#include "store/sizes.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"

#include <sys/stat.h>

namespace gostrap {

namespace {

/// Nothing of an entry that another process takes away meanwhile.
std::vector<TreeEntry> listed(const fs::path& tree) {
  try {
    return list_tree(tree);
  } catch (const Error&) {
    if (fs::exists(fs::symlink_status(tree))) throw;
    return {};
  }
}

}  // namespace

void SizeCounter::add(const fs::path& tree) {
  for (const TreeEntry& entry : listed(tree)) {
    check_interrupt();
    struct stat status = {};
    if (::lstat((tree / entry.path).c_str(), &status) != 0) continue;  // it is going already
    const std::uint64_t bytes = static_cast<std::uint64_t>(status.st_blocks) * 512U;
    if (entry.type == TreeEntry::Type::directory) {
      directories_ += bytes;
      continue;
    }
    File& file = files_[{status.st_dev, status.st_ino}];
    if (file.seen++ == 0) {
      file.bytes = bytes;
      file.links = status.st_nlink;
    }
  }
}

Sizes SizeCounter::sizes() const {
  Sizes sizes;
  sizes.own = directories_;
  for (const auto& [inode, file] : files_) (file.seen >= file.links ? sizes.own : sizes.shared) += file.bytes;
  return sizes;
}

Sizes sizes_of(const fs::path& tree) {
  SizeCounter counter;
  counter.add(tree);
  return counter.sizes();
}

}  // namespace gostrap
