#include "sdk/unpack_published.hpp"

#include "archive/file_unpacker.hpp"
#include "sdk/check.hpp"
#include "support/error.hpp"

#include <archive_entry.h>
#include <sys/stat.h>

namespace gostrap {
namespace {

constexpr std::string_view top = "go";

class Unpacker {
 public:
  Unpacker(const fs::path& file, const fs::path& goroot, const Limits& limits, Progress& progress)
      : progress_(progress),
        writer_(goroot, "unpack " + file.string(), limits),
        archive_(file, writer_.doing(), limits, [this](std::string_view bytes) { hash_.update(bytes); }),
        files_(archive_, writer_) {
    writer_.bound_by_ratio(archive_.size());
  }

  /// The checksum of the file.
  Digest run() {
    while (struct archive_entry* const entry = archive_.next()) {
      unpack(*entry);
      progress_.amount(archive_.at(), archive_.size(), "bytes");
    }
    archive_.require_nothing_behind();
    files_.finish();
    return hash_.finish();
  }

 private:
  void unpack(struct archive_entry& entry) {
    const std::string_view whole = archive_.checked_path(entry);
    const unsigned type = archive_entry_filetype(&entry);
    if (archive_entry_hardlink(&entry) != nullptr || (type != AE_IFREG && type != AE_IFDIR))
      archive_.refuse(whole, "is neither a file nor a directory: upstream's archives have nothing else");
    if ((archive_entry_perm(&entry) & (S_ISUID | S_ISGID)) != 0)
      archive_.refuse(whole, "has a set-uid or set-gid bit");
    if (whole.empty() || whole == top) {
      if (type != AE_IFDIR) archive_.refuse(whole, "stands where the directory go should");
      return;
    }
    if (!whole.starts_with("go/"))
      archive_.refuse(whole, "is outside of the one directory that upstream's archives have, go");
    const std::string path(whole.substr(top.size() + 1));
    if (type == AE_IFDIR) return writer_.directory(path);
    files_.unpack(entry, path, (archive_entry_perm(&entry) & S_IXUSR) != 0);
  }

  Progress& progress_;
  Sha256 hash_;
  TreeWriter writer_;
  ArchiveReader archive_;
  FileUnpacker files_;  // last: it uses what stands above
};

void require_checksum(const fs::path& file, const PublishedArchive& published, const Digest& found) {
  if (found == published.sha256) return;
  throw Error("use " + file.string(),
              "its SHA-256 is " + hex(found) + ", and " + published.file + " was published with " +
                  hex(published.sha256),
              "Get it again: https://go.dev/dl/" + published.file);
}

}  // namespace

void unpack_published(const fs::path& file, const PublishedArchive& published, const fs::path& goroot,
                      const Limits& limits, Progress& progress) {
  progress.phase("Unpacking " + published.file);
  try {
    require_checksum(file, published, Unpacker(file, goroot, limits, progress).run());
  } catch (const Error& error) {
    // another file can fail in many ways: that it is another one says more
    if (!is_trouble_of_machine(error)) require_checksum(file, published, sha256_file(file));
    throw;
  }
}

}  // namespace gostrap
