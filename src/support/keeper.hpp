// The keeper: a process between us and a command, so that nothing the command starts outlives the command or
// us, also when it leaves its process group or when we are killed with -9. Where a network namespace is
// wanted, a process namespace comes with it and the kernel ends all at once; elsewhere the keeper adopts
// every orphan (PR_SET_CHILD_SUBREAPER) and ends one after the other.
#pragma once

#include <optional>

namespace gostrap {

struct KeptCommand {
  const char* program = nullptr;
  char* const* argv = nullptr;
  char* const* envp = nullptr;
  const char* directory = nullptr;
  bool without_network = false;
  bool obey_permissions = false;
  std::optional<unsigned> as_user{};
};

/// The keeper's ends of three pipes.
struct KeeperPipes {
  int life = -1;    ///< as long as somebody holds the other end, the command may run
  int report = -1;  ///< KeeperReports
  int output = -1;  ///< the command's standard output and error
};

struct KeeperReport {
  enum class What : int {
    network_cut,
    half_cut,      ///< the kernel gave a namespace but no use of it: start again without asking for one
    no_directory,  ///< errno
    not_started,   ///< errno
    ended,         ///< wait status
  };
  What what = What::ended;
  int number = 0;
};

/// Runs the command in this process, which was forked for it, to the end of all that it started. An exception
/// that left it would go on in this copy of the caller, beside the caller.
[[noreturn]] void keep(const KeptCommand& command, const KeeperPipes& pipes) noexcept;

/// What a process can be given here. Asked in a process that ends afterwards: it has it then.
bool cut_network();
bool change_user(unsigned user);

}  // namespace gostrap
