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
  explicit FileLock(const std::filesystem::path& file, const std::function<void()>& waiting = {},
                    LockMode mode = LockMode::exclusive);

  /// The lock if it can be had at once; nothing while somebody else holds it the other way.
  static std::optional<FileLock> attempt(const std::filesystem::path& file, LockMode mode);

  /// Whether somebody holds the lock, without making its file.
  static bool is_held(const std::filesystem::path& file);

  /// A program that this process becomes, and all that it starts, go on holding the lock.
  void keep_through_exec() const;

 private:
  explicit FileLock(Fd fd) : fd_(std::move(fd)) {}

  Fd fd_;
};

}  // namespace gostrap
