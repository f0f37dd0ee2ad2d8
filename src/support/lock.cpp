#include "support/lock.hpp"

#include "support/error.hpp"
#include "support/interrupt.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>

#include <cerrno>

namespace gostrap {

FileLock::FileLock(const fs::path& file, const std::function<void()>& waiting) {
  const std::string doing = "lock " + file.string();
  fd_ = Fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!fd_) throw system_error(doing);
  bool told = false;
  // Polling, not a blocking flock: a signal that arrives just before the call must not be lost.
  while (::flock(fd_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) throw system_error(doing);
    if (!told && waiting) waiting();
    told = true;
    ::poll(nullptr, 0, 50);
    check_interrupt();
  }
}

}  // namespace gostrap
