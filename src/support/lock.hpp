// Locks between processes: advisory, on a file of their own, released by the kernel when the holder dies.
#pragma once

#include "support/files.hpp"

#include <filesystem>
#include <functional>

namespace gostrap {

class FileLock {
 public:
  /// Waits until the lock is ours; `waiting` is called once if somebody else holds it. Ends at an interrupt.
  explicit FileLock(const std::filesystem::path& file, const std::function<void()>& waiting = {});

 private:
  Fd fd_;
};

}  // namespace gostrap
