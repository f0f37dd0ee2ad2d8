#include "sdk/unpack_published.hpp"

#include "archive/reader.hpp"
#include "archive/tree_writer.hpp"
#include "sdk/check.hpp"
#include "support/error.hpp"
#include "support/thread_pool.hpp"

#include <archive_entry.h>
#include <sys/stat.h>

#include <utility>

namespace gostrap {
namespace {

constexpr std::string_view top = "go";
constexpr std::size_t held_whole = std::size_t{1} << 20U;  // larger files are written while they are read
constexpr std::size_t bytes_waiting = std::size_t{32} << 20U;

class Unpacker {
 public:
  Unpacker(const fs::path& file, const fs::path& goroot, const Limits& limits, Progress& progress)
      : progress_(progress),
        writer_(goroot, "unpack " + file.string(), limits),
        archive_(file, writer_.doing(), limits, [this](std::string_view bytes) { hash_.update(bytes); }),
        pool_(1, bytes_waiting) {
    writer_.bound_by_ratio(archive_.size());
  }

  /// The checksum of the file.
  Digest run() {
    while (struct archive_entry* const entry = archive_.next()) {
      unpack(*entry);
      progress_.amount(archive_.at(), archive_.size(), "bytes");
    }
    archive_.require_nothing_behind();
    pool_.finish();
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
    unpack_file(path, entry);
  }

  void unpack_file(const std::string& path, struct archive_entry& entry) {
    const bool executable = (archive_entry_perm(&entry) & S_IXUSR) != 0;
    const la_int64_t size = archive_entry_size(&entry);
    if (size > static_cast<la_int64_t>(held_whole)) {
      TreeWriter::File file = writer_.open_file(path, executable);
      archive_.read(entry, [&](std::uint64_t hole, std::string_view block) {
        file.skip(hole);
        file.write(block);
      });
      file.close();
      return;
    }
    std::string content;
    content.reserve(static_cast<std::size_t>(size));
    archive_.read(entry, [&](std::uint64_t hole, std::string_view block) {
      if (hole > 0 || content.size() + block.size() > held_whole)
        archive_.refuse(path, "has holes, or is larger than it says");
      content.append(block);
    });
    const std::size_t weight = content.size() + 256;
    pool_.add(weight, [this, path, content = std::move(content), executable] {
      writer_.file(path, content, executable);
    });
  }

  Progress& progress_;
  Sha256 hash_;
  TreeWriter writer_;
  ArchiveReader archive_;
  ThreadPool pool_;  // last: its thread uses what stands above
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
