#include "support/keeper.hpp"

#include "support/descriptors.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace gostrap {
namespace {

// Nothing here allocates: at the fork another thread of the caller may have held a lock of the allocator,
// which nobody gives back in this copy.
using Text = std::array<char, 64>;

/// The parts in a row; what has no room is cut off.
Text text(std::initializer_list<std::string_view> parts) {
  Text result{};
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.copy(result.data() + size, result.size() - 1 - size);
  return result;
}

Text number(unsigned value) {
  Text result{};
  std::to_chars(result.data(), result.data() + result.size() - 1, value);
  return result;
}

void tell(int report, KeeperReport::What what, int number) {
  const KeeperReport message{what, number};
  // nobody may be there to read it any more
  if (::write(report, &message, sizeof message) < 0) return;
}

/// Everything but these: a lock, a terminal or somebody's pipe must not be held by a keeper.
void close_others(const KeeperPipes& pipes) {
  std::array<unsigned, 3> kept{static_cast<unsigned>(pipes.life), static_cast<unsigned>(pipes.report),
                               static_cast<unsigned>(pipes.output)};
  std::sort(kept.begin(), kept.end());
  unsigned from = 3;
  for (const unsigned fd : kept) {
    if (fd > from) close_descriptors(from, fd - 1);
    from = std::max(from, fd + 1);
  }
  close_descriptors(from);
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing, fd);
  if (nothing > STDERR_FILENO) ::close(nothing);
}

/// Becomes the command.
[[noreturn]] void start(const KeptCommand& command, const KeeperPipes& pipes) {
  ::setpgid(0, 0);                     // `kill 0` means those below it
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // should somebody kill the keeper
  // root may overwrite read-only files by this capability, which exec gives back unless the bounding set
  // lacks it; here, and no sooner, because a new user namespace has all of them
  if (command.obey_permissions) ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE);
  ::dup2(pipes.output, STDOUT_FILENO);
  ::dup2(pipes.output, STDERR_FILENO);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGCHLD}) ::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (::chdir(command.directory) != 0) {
    tell(pipes.report, KeeperReport::What::no_directory, errno);
    ::_exit(127);
  }
  ::execve(command.program, command.argv, command.envp);
  tell(pipes.report, KeeperReport::What::not_started, errno);
  ::_exit(127);
}

/// The parent of the process of that name below /proc; nothing when it has just ended.
std::optional<pid_t> parent_of(const char* name) {
  const Text path = text({"/proc/", name, "/stat"});
  const int fd = ::open(path.data(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return std::nullopt;
  std::array<char, 512> buffer{};
  const ssize_t count = ::read(fd, buffer.data(), buffer.size() - 1);
  ::close(fd);
  // "12 (a name that may hold spaces) S 1 …"
  const std::string_view stat(buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
  const std::size_t name_end = stat.rfind(") ");
  if (name_end == std::string_view::npos || stat.size() < name_end + 5) return std::nullopt;
  return std::atoi(buffer.data() + name_end + 4);
}

/// Sends SIGKILL to the processes whose parent is this one.
void kill_children() {
  const int proc = ::open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (proc < 0) return;
  alignas(dirent64) std::array<char, 4096> buffer{};
  ssize_t count = 0;
  while ((count = ::getdents64(proc, buffer.data(), buffer.size())) > 0) {
    for (ssize_t at = 0; at < count;) {
      const auto* entry = reinterpret_cast<const dirent64*>(buffer.data() + at);
      at += entry->d_reclen;
      const char* const name = entry->d_name;
      if (name[std::strspn(name, "0123456789")] != '\0') continue;
      if (parent_of(name) == ::getpid()) ::kill(std::atoi(name), SIGKILL);
    }
  }
  ::close(proc);
}

/// Ends and reaps every process below this one, until there is none.
void end_all(bool in_namespace) {
  while (true) {
    if (in_namespace && ::getpid() == 1) {  // anywhere else, -1 means everybody
      ::kill(-1, SIGKILL);
    } else {
      kill_children();
    }
    // their own children come to us when they die
    if (::waitpid(-1, nullptr, 0) < 0 && errno == ECHILD) return;
  }
}

void wake(int /*signal*/) {}

/// The parent of all: starts the command, waits for its end or for that of whoever wanted it, and clears up.
[[noreturn]] void watch(const KeptCommand& command, const KeeperPipes& pipes, bool in_namespace) {
  struct sigaction action = {};
  sigemptyset(&action.sa_mask);
  action.sa_handler = wake;
  ::sigaction(SIGCHLD, &action, nullptr);
  sigset_t blocked;
  sigset_t open;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &blocked, &open);
  sigdelset(&open, SIGCHLD);

  const pid_t child = ::fork();
  if (child < 0) {
    tell(pipes.report, KeeperReport::What::not_started, errno);
    ::_exit(127);
  }
  if (child == 0) start(command, pipes);
  ::close(pipes.output);
  while (true) {
    int status = 0;
    pid_t ended = 0;
    while ((ended = ::waitpid(-1, &status, WNOHANG)) > 0 && ended != child) {
    }
    if (ended == child) {
      end_all(in_namespace);
      tell(pipes.report, KeeperReport::What::ended, status);
      ::_exit(0);
    }
    pollfd life{pipes.life, 0, 0};
    if (::ppoll(&life, 1, nullptr, &open) > 0) {
      end_all(in_namespace);
      ::_exit(0);
    }
  }
}

bool write_once(const char* file, std::string_view content) {
  const int fd = ::open(file, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool written = ::write(fd, content.data(), content.size()) == static_cast<ssize_t>(content.size());
  ::close(fd);
  return written;
}

enum class Cut { nothing, network, network_and_processes, half };

/// In the new user namespace of this process the caller is called `uid` and `gid`; files keep their owner.
bool map_user(unsigned uid, uid_t own_uid, unsigned gid, gid_t own_gid) {
  write_once("/proc/self/setgroups", "deny");
  return write_once("/proc/self/uid_map",
                    text({number(uid).data(), " ", number(own_uid).data(), " 1"}).data()) &&
         write_once("/proc/self/gid_map",
                    text({number(gid).data(), " ", number(own_gid).data(), " 1"}).data());
}

/// Puts this process into a network namespace of its own, and its children into a process namespace. The user
/// namespace that this takes where we are not root maps the caller onto itself.
Cut cut() {
  const uid_t uid = ::getuid();
  const gid_t gid = ::getgid();
  if (::unshare(CLONE_NEWNET | CLONE_NEWPID) == 0) return Cut::network_and_processes;
  if (::unshare(CLONE_NEWNET) == 0) return Cut::network;
  Cut done = Cut::network_and_processes;
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWPID) != 0) {
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return Cut::nothing;
    done = Cut::network;
  }
  return map_user(uid, uid, gid, gid) ? done : Cut::half;
}

}  // namespace

bool cut_network() {
  const Cut done = cut();
  return done == Cut::network || done == Cut::network_and_processes;
}

bool change_user(unsigned user) {
  const uid_t uid = ::getuid();
  const gid_t gid = ::getgid();
  return ::unshare(CLONE_NEWUSER) == 0 && map_user(user, uid, user, gid);
}

void keep(const KeptCommand& command, const KeeperPipes& pipes) noexcept {
  ::setsid();  // no terminal: neither its Ctrl-C nor its end reaches us, and nobody below can ask it anything
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) ::signal(signal, SIG_IGN);
  close_others(pipes);
  const Cut done = command.without_network ? cut() : Cut::nothing;
  if (done == Cut::half) {
    tell(pipes.report, KeeperReport::What::half_cut, 0);
    ::_exit(0);
  }
  if (done != Cut::nothing) tell(pipes.report, KeeperReport::What::network_cut, 0);
  if (command.as_user && !change_user(*command.as_user)) {
    tell(pipes.report, KeeperReport::What::not_started, errno);
    ::_exit(127);
  }
  if (done != Cut::network_and_processes) {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    watch(command, pipes, false);
  }
  // the first process in the namespace: when it ends, so does all that is in there
  const pid_t first = ::fork();
  if (first == 0) watch(command, pipes, true);
  if (first < 0) tell(pipes.report, KeeperReport::What::not_started, errno);
  ::close(pipes.output);
  ::close(pipes.report);
  while (::waitpid(first, nullptr, 0) < 0 && errno == EINTR) {
  }
  ::_exit(0);
}

}  // namespace gostrap
