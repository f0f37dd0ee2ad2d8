// Files of an archive on their way to the disk: small ones are held and written by a thread of their own
// while the next is read, a large one is written as it is read.
#pragma once

#include "archive/reader.hpp"
#include "archive/tree_writer.hpp"
#include "support/thread_pool.hpp"

#include <string>

namespace gostrap {

class FileUnpacker {
 public:
  /// Both outlive it.
  FileUnpacker(ArchiveReader& archive, TreeWriter& writer);

  /// The file that is the archive's entry at hand. Throws Error where it has more than it says, and for what
  /// came of those before it.
  void unpack(struct archive_entry& entry, const std::string& path, bool executable);
  /// Until all of them are on the disk.
  void wait() { pool_.wait(); }
  /// At the end: throws what befell any of them.
  void finish() { pool_.finish(); }

 private:
  ArchiveReader& archive_;
  TreeWriter& writer_;
  ThreadPool pool_;
};

}  // namespace gostrap
