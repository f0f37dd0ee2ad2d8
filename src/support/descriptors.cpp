#include "support/descriptors.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

void gostrap::close_descriptors(unsigned first, unsigned last) {
  // the system call itself: not every libc has a function for it
  if (::syscall(SYS_close_range, first, last, 0) == 0) return;
  // A kernel before 5.9, or a sandbox that does not know it. Where the limit is a million, nobody has come
  // near it.
  constexpr rlim_t most = 65'536;
  rlimit limit{};
  const rlim_t end = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? std::min(limit.rlim_cur, most) : most;
  for (rlim_t fd = first; fd <= last && fd < end; ++fd) ::close(static_cast<int>(fd));
}
