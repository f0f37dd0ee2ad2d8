#include "support/lock.hpp"

#include "support/error.hpp"
#include "support/interrupt.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace gostrap {
namespace {

int operation(LockMode mode) {
  return mode == LockMode::shared ? LOCK_SH : LOCK_EX;
}

/// The locked file, or nothing while somebody else holds it. A lock file may be removed by whoever holds it:
/// then what was locked is no longer what others will find under its name.
Fd lock_now(const fs::path& file, int how) {
  while (true) {
    Fd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!fd && how == LOCK_SH && (errno == EACCES || errno == EROFS || errno == EPERM)) {
      const int why = errno;
      fd = Fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
      if (!fd && errno == ENOENT) errno = why;
    }
    if (!fd) throw system_error("lock " + file.string());
    struct stat made = {};
    if (::fstat(fd.get(), &made) == 0 && made.st_uid == ::geteuid() && (made.st_mode & 0444U) != 0444U)
      ::fchmod(fd.get(), 0644);
    if (::flock(fd.get(), how | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK && errno != EINTR) throw system_error("lock " + file.string());
      return {};
    }
    struct stat locked = {};
    struct stat named = {};
    const bool same = ::fstat(fd.get(), &locked) == 0 && ::stat(file.c_str(), &named) == 0 &&
                      locked.st_ino == named.st_ino && locked.st_dev == named.st_dev;
    if (same) return fd;
  }
}

}  // namespace

FileLock::FileLock(const fs::path& file, const std::function<void()>& waiting, LockMode mode) {
  bool told = false;
  // Polling, not a blocking flock: a signal that arrives just before the call must not be lost.
  while (!(fd_ = lock_now(file, operation(mode)))) {
    if (!told && waiting) waiting();
    told = true;
    ::poll(nullptr, 0, 50);
    check_interrupt();
  }
}

FileLock FileLock::of_directory(const fs::path& directory, const std::function<void()>& waiting) {
  const std::string doing = "lock " + directory.string();
  Fd fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd) throw system_error(doing);
  bool told = false;
  while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == ENOTSUP || errno == EINVAL || errno == ENOLCK) break;  // a file system without such locks
    if (errno != EWOULDBLOCK && errno != EINTR) throw system_error(doing);
    if (!told && waiting) waiting();
    told = true;
    ::poll(nullptr, 0, 50);
    check_interrupt();
  }
  return FileLock(std::move(fd));
}

std::optional<FileLock> FileLock::attempt(const fs::path& file, LockMode mode) {
  Fd fd = lock_now(file, operation(mode));
  if (!fd) return std::nullopt;
  return FileLock(std::move(fd));
}

bool FileLock::is_held(const fs::path& file, LockMode least) {
  const Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  const int tried = least == LockMode::exclusive ? LOCK_SH : LOCK_EX;
  return fd && ::flock(fd.get(), tried | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

void FileLock::keep_through_exec() const {
  ::fcntl(fd_.get(), F_SETFD, 0);
}

}  // namespace gostrap
