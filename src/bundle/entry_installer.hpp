// One entry of a bundle on its way to its place: every file is hashed while it is written, and the entry
// appears when all of it is there and right.
#pragma once

#include "bundle/install_target.hpp"
#include "bundle/reader.hpp"
#include "bundle/write_queue.hpp"
#include "support/stage.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gostrap {

struct InstalledEntry {
  std::filesystem::path path;
  std::string store_name;  ///< "KEY-NAME"
  bool was_there = false;
};

/// Files of entries that were there before: nobody has hashed them today. Each is checked when it is linked
/// for the first time. May be used from several threads.
class FilesThere {
 public:
  explicit FilesThere(const BundleReader& reader) : reader_(reader) {}
  /// Throws Error where it is not what the bundle has there.
  void check(const std::filesystem::path& file, const Item& item);

 private:
  const BundleReader& reader_;
  std::mutex mutex_;  // guards what follows
  std::set<std::string> checked_;
};

/// What the entries of one installation share.
struct Installation {
  const BundleReader& reader;
  const InstallTarget& place;
  Voucher voucher;
  Progress& progress;
  std::vector<InstalledEntry> installed;  ///< by the index
  FilesThere files_there;
  std::uint64_t done = 0, total = 0, files = 0;
};

/// An entry as it is installed, whose lock is held.
struct EntryToInstall {
  std::size_t number;  ///< in the index
  BundleEntry entry;
  Provenance provenance;
  std::optional<FileLock> lock;
};

class EntryInstaller final : public EntryVisitor {
 public:
  EntryInstaller(Installation& installation, EntryToInstall entry, const Contents& contents);

  void directory(const Item& item) override;
  void symlink(const Item& item) override;
  void file(const Item& item, const ReadContent& read) override;
  void same_file(const Item& item, const BlobLocation& first) override;
  void end() override;

 private:
  struct OpenDirectory {
    std::string path;
    std::shared_ptr<const Fd> fd;
  };
  const OpenDirectory& parent_of(const std::string& path);
  std::filesystem::path shown(const Item& item) const { return stage_.path() / item.path; }
  void seal_directories() const;

  Installation& installation_;
  std::size_t number_;
  BundleEntry entry_;
  const Contents& contents_;
  Provenance provenance_;
  std::optional<FileLock> lock_;
  Stage stage_;
  std::vector<OpenDirectory> open_;  ///< those that the walk is in
  std::vector<WriteQueue::Job>
      links_;         ///< to files of this entry, which may still be on their way to the disk
  WriteQueue queue_;  // last: its threads use what stands above
};

}  // namespace gostrap
