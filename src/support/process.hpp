// Child processes: an exact environment, output to a log and line by line to a listener, and, where the
// kernel allows it, no network. Neither a child nor anything that it started outlives the call.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gostrap {

/// NAME=VALUE pairs, in the order in which they are shown.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// The environment this process was started with.
Environment own_environment();
/// `base` with `changes` laid over it.
Environment with(Environment base, const Environment& changes);
/// Nothing where it is not set.
std::optional<std::string> value_in(const Environment& environment, const std::string& name);
/// The value of a variable of this process that is set and not empty.
std::optional<std::string> environment_value(const char* name);

struct Command {
  std::vector<std::string> argv;  ///< argv[0] is looked up in the PATH of `environment`
  Environment environment;        ///< all that the child gets
  std::filesystem::path directory = ".";
  std::optional<std::filesystem::path> log;       ///< its output is appended there
  std::function<void(std::string_view)> on_line;  ///< each line of its output, without the newline
  bool obey_permissions = false;                  ///< read-only files stay as they are even if we are root
  bool without_network = false;                   ///< in a network namespace of its own, where possible
  std::optional<unsigned> as_user;  ///< what it sees as its own uid and gid; see user_can_be_changed()
  std::optional<std::chrono::milliseconds> limit;
};

struct Exit {
  int code = 0;                   ///< meaningful when signal is 0
  int signal = 0;                 ///< the signal that ended it
  bool out_of_time = false;       ///< ended because `limit` was over
  bool network_cut = false;       ///< it ran without network
  double cpu_seconds = 0;         ///< of it and all that it started
  std::uint64_t peak_memory = 0;  ///< bytes, of the largest of these processes
  bool ok() const { return code == 0 && signal == 0 && !out_of_time; }
  /// "exit status 2", "killed by signal 9 (Killed)", "no answer within 5 s"
  std::string text() const;
};

/// Runs a command to its end, standard output and error together. Throws Interrupted when a signal asked us
/// to stop; by then the whole process group is gone.
Exit run(const Command& command);

/// What a short command prints (both streams), or nothing when it could not be run or failed.
std::optional<std::string> output_of(const std::vector<std::string>& argv, const Environment& environment,
                                     std::chrono::milliseconds limit = std::chrono::seconds(10));

/// Whether children can be given a network namespace of their own here.
bool network_can_be_cut();
/// Whether children can be made to see another uid and gid as their own here (it takes a user namespace).
bool user_can_be_changed();

/// Looks a program up as execvp does, in the given PATH (default: this process's).
std::optional<std::filesystem::path> find_program(const std::string& name);
std::optional<std::filesystem::path> find_program(const std::string& name, const std::string& path);

}  // namespace gostrap
