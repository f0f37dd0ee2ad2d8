// Locks between processes: advisory, on a file of their own, released by the kernel when the holder dies.
#pragma once

#include "support/files.hpp"

#include <filesystem>
#include <functional>
#include <optional>

namespace gostrap {

enum class LockMode { exclusive, shared };

class FileLock {
 public:
  /// Waits until the lock is ours; `waiting` is called once if somebody else holds it. Ends at an interrupt.
  /// A shared one needs no more than to read the file, where it is there. Whatever the umask, others may
  /// read it too: in a store that several users share each must be able to tell the others.
  explicit FileLock(const std::filesystem::path& file, const std::function<void()>& waiting = {},
                    LockMode mode = LockMode::exclusive);

  /// The lock if it can be had at once; nothing while somebody else holds it the other way.
  static std::optional<FileLock> attempt(const std::filesystem::path& file, LockMode mode);

  /// Waits for a directory itself: no file is left in it.
  static FileLock of_directory(const std::filesystem::path& directory, const std::function<void()>& waiting);

  /// Whether somebody holds the lock, alone or (`least` shared) in any way, without making its file.
  static bool is_held(const std::filesystem::path& file, LockMode least = LockMode::exclusive);

  /// A program that this process becomes, and all that it starts, go on holding the lock.
  void keep_through_exec() const;

 private:
  explicit FileLock(Fd fd) : fd_(std::move(fd)) {}

  Fd fd_;
};

}  // namespace gostrap
