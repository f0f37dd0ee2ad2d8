#include "support/descriptors.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>

namespace gostrap {
namespace {

/// From here on this process is as on a kernel that has no close_range.
bool forget_close_range() {
  std::array<sock_filter, 4> filter{{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_close_range, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  }};
  const sock_fprog program{filter.size(), filter.data()};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

bool is_open(int fd) {
  return ::fcntl(fd, F_GETFD) != -1;
}

/// 0 when all and only those named are closed.
[[noreturn]] void close_some(bool old_kernel) {
  if (old_kernel && !forget_close_range()) ::_exit(77);
  for (const int fd : {200, 201, 202, 203}) ::dup2(STDERR_FILENO, fd);
  close_descriptors(201, 202);
  if (!is_open(200) || is_open(201) || is_open(202) || !is_open(203)) ::_exit(1);
  close_descriptors(3);
  ::_exit(is_open(STDERR_FILENO) && !is_open(200) && !is_open(203) ? 0 : 2);
}

int code_of_closing(bool old_kernel) {
  const pid_t child = ::fork();
  if (child == 0) close_some(old_kernel);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_CASE("descriptors are closed, and no others") {
  CHECK(code_of_closing(false) == 0);
}

TEST_CASE("descriptors are closed where the kernel is older than close_range") {
  const int code = code_of_closing(true);
  if (code == 77) {
    MESSAGE("this machine permits no seccomp filter: not tried");
    return;
  }
  CHECK(code == 0);
}

}  // namespace
}  // namespace gostrap
