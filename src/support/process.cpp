#include "support/process.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"
#include "support/keeper.hpp"
#include "support/run_failure.hpp"
#include "support/strings.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

extern char** environ;  // NOLINT: POSIX's own name

namespace gostrap {
namespace {

using Clock = std::chrono::steady_clock;

/// What a build of Go prints is a few kilobytes; one that never stops must not fill the disk.
constexpr std::size_t longest_log = std::size_t{100} << 20U;

/// How long the keeper may take to end everything before it is killed itself, and how long its output is read
/// should it be killed.
constexpr auto grace = std::chrono::milliseconds(700);

struct Pipe {
  Fd read, write;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw system_error("make a pipe");
  return {Fd(ends[0]), Fd(ends[1])};
}

/// Splits what comes into lines for the listener; a line of more than 64 KiB is cut into several.
class LineSplitter {
 public:
  explicit LineSplitter(const std::function<void(std::string_view)>& listener) : listener_(listener) {}
  void add(std::string_view bytes) {
    if (!listener_) return;
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      const std::size_t room = longest_line - partial_.size();
      const std::string_view piece = bytes.substr(0, std::min({end, room, bytes.size()}));
      partial_ += piece;
      bytes.remove_prefix(piece.size());
      if (bytes.empty()) return;
      flush();
      if (bytes.front() == '\n') bytes.remove_prefix(1);
    }
  }
  void finish() {
    if (!partial_.empty()) flush();
  }

 private:
  void flush() {
    listener_(partial_);
    partial_.clear();
  }
  static constexpr std::size_t longest_line = 65536;
  const std::function<void(std::string_view)>& listener_;
  std::string partial_;
};

/// A running command, by its keeper (keeper.hpp).
class Child {
 public:
  Child(const Command& command, const std::string& program, bool without_network) {
    std::vector<char*> argv;
    for (const std::string& word : command.argv) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    std::vector<std::string> pairs;
    pairs.reserve(command.environment.size());
    for (const auto& [name, value] : command.environment) pairs.push_back(name + "=" + value);
    std::vector<char*> envp;
    for (std::string& pair : pairs) envp.push_back(pair.data());
    envp.push_back(nullptr);
    Pipe life = make_pipe();
    Pipe report = make_pipe();
    Pipe output = make_pipe();
    keeper_ = ::fork();
    if (keeper_ < 0) throw system_error("start " + program);
    if (keeper_ == 0) {
      life.write = Fd();
      keep({program.c_str(), argv.data(), envp.data(), command.directory.c_str(), without_network,
            command.obey_permissions, command.as_user},
           {life.read.get(), report.write.get(), output.write.get()});
    }
    life_ = std::move(life.write);
    report_ = std::move(report.read);
    output_ = std::move(output.read);
  }
  ~Child() { end(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  int output() const { return output_.get(); }
  int report() const { return report_.get(); }

  /// The keeper's next word; nothing when it has no more to say.
  std::optional<KeeperReport> next_report() {
    KeeperReport message;
    while (true) {
      const ssize_t count = ::read(report_.get(), &message, sizeof message);
      if (count == static_cast<ssize_t>(sizeof message)) return message;
      if (count < 0 && errno == EINTR) continue;
      report_ = Fd();
      return std::nullopt;
    }
  }
  void close_output() { output_ = Fd(); }

  /// Ends the command and all that it started; returns when they are gone, with what they used.
  rusage end() {
    if (keeper_ <= 0) return usage_;
    life_ = Fd();
    const auto until = Clock::now() + grace;
    for (int pause = 1; !reaped(WNOHANG); pause = std::min(2 * pause, 20)) {
      if (Clock::now() < until) {
        ::poll(nullptr, 0, pause);
      } else {
        ::kill(keeper_, SIGKILL);
        reaped(0);
        break;
      }
    }
    keeper_ = -1;
    return usage_;
  }

 private:
  bool reaped(int options) {
    while (true) {
      const pid_t ended = ::wait4(keeper_, nullptr, options, &usage_);
      if (ended >= 0 || errno != EINTR) return ended != 0;
    }
  }

  pid_t keeper_ = -1;
  Fd life_, report_, output_;
  rusage usage_ = {};
};

double in_seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// Follows one command to its end.
class Run {
 public:
  explicit Run(const Command& command) : command_(command), lines_(command.on_line) {
    std::string path;
    for (const auto& [name, value] : command.environment) {
      if (name == "PATH") path = value;
    }
    const std::string& name = command.argv.at(0);
    const std::optional<fs::path> program = find_program(name, path);
    if (!program) throw Error(run_failure(name, path));
    program_ = program->string();
    if (command.log) {
      log_ = Fd(::open(command.log->c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
      if (!log_) throw system_error("write the log " + command.log->string());
    }
  }

  Exit to_the_end() {
    if (command_.limit) until_ = Clock::now() + *command_.limit;
    if (!follow(command_.without_network)) follow(false);
    return exit_;
  }

 private:
  /// False when it has to be started again, without asking for a namespace.
  bool follow(bool without_network) {
    Child child(command_, program_, without_network);
    auto drained = Clock::time_point::max();
    while (child.output() >= 0 || child.report() >= 0) {
      std::array<pollfd, 2> fds{{{child.output(), POLLIN, 0}, {child.report(), POLLIN, 0}}};
      ::poll(fds.data(), fds.size(), 100);
      check_interrupt();
      if (fds[0].revents != 0) take_output(child);
      if (fds[1].revents != 0) {
        const std::optional<KeeperReport> report = child.next_report();
        if (report && report->what == KeeperReport::What::half_cut) return false;
        if (report) take(*report);
        if (!report) drained = Clock::now() + grace;  // everything below it is gone, or it was killed
      }
      if (Clock::now() > drained) break;
      if (Clock::now() > until_) {
        exit_.out_of_time = true;
        break;
      }
    }
    lines_.finish();
    const rusage usage = child.end();
    exit_.cpu_seconds = in_seconds(usage.ru_utime) + in_seconds(usage.ru_stime);
    exit_.peak_memory = static_cast<std::uint64_t>(usage.ru_maxrss) << 10U;
    if (!ended_ && !exit_.out_of_time) exit_.signal = SIGKILL;
    return true;
  }

  void take_output(Child& child) {
    const ssize_t count = ::read(child.output(), buffer_.data(), buffer_.size());
    if (count < 0 && errno == EINTR) return;
    if (count <= 0) return child.close_output();
    const std::string_view bytes(buffer_.data(), static_cast<std::size_t>(count));
    if (log_) write_log(bytes);
    lines_.add(bytes);
  }

  void write_log(std::string_view bytes) {
    if (logged_ >= longest_log) return;
    const std::string doing = "write the log " + command_.log->string();
    bytes = bytes.substr(0, longest_log - logged_);
    logged_ += bytes.size();
    write_all(log_.get(), bytes, doing);
    if (logged_ >= longest_log) write_all(log_.get(), "\n# The log ends here: it is too long.\n", doing);
  }

  void take(const KeeperReport& report) {
    switch (report.what) {
      case KeeperReport::What::network_cut:
        exit_.network_cut = true;
        break;
      case KeeperReport::What::no_directory:
        throw Error("run " + program_ + " in " + command_.directory.string(), errno_text(report.number));
      case KeeperReport::What::not_started:
        throw Error(run_failure(program_, {}, report.number));
      case KeeperReport::What::ended:
        ended_ = true;
        if (WIFSIGNALED(report.number)) exit_.signal = WTERMSIG(report.number);
        if (WIFEXITED(report.number)) exit_.code = WEXITSTATUS(report.number);
        break;
      case KeeperReport::What::half_cut:
        break;
    }
  }

  const Command& command_;
  LineSplitter lines_;
  std::string program_;
  Fd log_;
  Clock::time_point until_ = Clock::time_point::max();
  Exit exit_;
  bool ended_ = false;
  std::size_t logged_ = 0;
  std::array<char, 65536> buffer_{};
};

/// Whether `change` succeeds, in a process that it is the end of.
bool can(bool (*change)()) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(change() ? 0 : 1);
  int status = 1;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

Environment own_environment() {
  Environment environment;
  for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
    const std::string pair = *each;
    const std::size_t equals = pair.find('=');
    if (equals != std::string::npos)
      environment.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
  return environment;
}

Environment with(Environment base, const Environment& changes) {
  for (const auto& change : changes) {
    const auto there =
        std::find_if(base.begin(), base.end(), [&](const auto& pair) { return pair.first == change.first; });
    if (there == base.end()) {
      base.push_back(change);
    } else {
      there->second = change.second;
    }
  }
  return base;
}

std::optional<std::string> value_in(const Environment& environment, const std::string& name) {
  for (const auto& [each, value] : environment) {
    if (each == name) return value;
  }
  return std::nullopt;
}

std::optional<std::string> environment_value(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

std::string Exit::text() const {
  if (out_of_time) return "it gave no answer in time";
  if (signal != 0) return "killed by signal " + std::to_string(signal) + " (" + ::strsignal(signal) + ")";
  return "exit status " + std::to_string(code);
}

Exit run(const Command& command) {
  check_interrupt();
  return Run(command).to_the_end();
}

std::optional<std::string> output_of(const std::vector<std::string>& argv, const Environment& environment,
                                     std::chrono::milliseconds limit) {
  std::string text;
  Command command;
  command.argv = argv;
  command.environment = environment;
  command.limit = limit;
  command.on_line = [&text](std::string_view line) {
    text += line;
    text += '\n';
  };
  try {
    if (!run(command).ok()) return std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
  return text;
}

bool network_can_be_cut() {
  return can(cut_network);
}

bool user_can_be_changed() {
  return can([] { return change_user(1000); });
}

std::optional<fs::path> find_program(const std::string& name) {
  return find_program(name, environment_value("PATH").value_or("/usr/local/bin:/usr/bin:/bin"));
}

std::optional<fs::path> find_program(const std::string& name, const std::string& path) {
  if (name.find('/') != std::string::npos) {
    return ::access(name.c_str(), X_OK) == 0 ? std::optional<fs::path>(name) : std::nullopt;
  }
  std::error_code hidden;  // a directory that we may not look into has no program for us
  for (const std::string_view directory : split(path, ":")) {
    const fs::path candidate = fs::path(directory) / name;
    if (!directory.empty() && fs::is_regular_file(candidate, hidden) &&
        ::access(candidate.c_str(), X_OK) == 0)
      return candidate;
  }
  return std::nullopt;
}

}  // namespace gostrap
