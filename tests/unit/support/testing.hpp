// What unit tests share: a directory of their own, errors as text, and code run as somebody else.
#pragma once

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/stage.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

namespace gostrap::testing {

/// A private directory, and short ways to put things into it.
class Scratch {
 public:
  fs::path operator/(const std::string& name) const { return directory_.path() / name; }
  const fs::path& path() const { return directory_.path(); }

  fs::path file(const std::string& name, const std::string& text, bool executable = false) const {
    const fs::path path = *this / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    fs::permissions(path, fs::perms(executable ? 0755 : 0644));
    return path;
  }
  fs::path directory(const std::string& name) const {
    fs::create_directories(*this / name);
    return *this / name;
  }
  fs::path link(const std::string& name, const std::string& target) const {
    fs::create_symlink(target, *this / name);
    return *this / name;
  }

 private:
  TemporaryDirectory directory_;
};

/// What the Error that `action` throws says, with its advice; empty when it throws none.
template <typename Action>
std::string error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return std::string(error.what()) + (error.next().empty() ? "" : "\n" + error.next());
  }
  return {};
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Runs `action` in a child process and returns its exit status: what `action` returns, 99 for an exception.
inline int in_child(const std::function<int()>& action) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      ::_exit(action());
    } catch (const std::exception&) {
      ::_exit(99);
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// The text that `action` makes in a child process, where variables may be set and limits lowered; of an
/// exception what it says.
inline std::string told_by_child(const std::function<std::string()>& action) {
  const Scratch scratch;
  const int status = in_child([&] {
    std::string text;
    try {
      text = action();
    } catch (const std::exception& error) {
      text = std::string("threw: ") + error.what();
    }
    scratch.file("told", text);
    return 0;
  });
  if (status != 0) return "ended with " + std::to_string(status);
  return read_file(scratch / "told");
}

/// As in_child(), as a user to whom permissions apply: root reads and removes everything.
inline int as_nobody(const Scratch& scratch, const std::function<int()>& action) {
  constexpr uid_t nobody = 65534;
  if (::geteuid() != 0) return in_child(action);
  for (const fs::directory_entry& each : fs::recursive_directory_iterator(scratch.path())) {
    if (::lchown(each.path().c_str(), nobody, nobody) != 0) return 98;
  }
  if (::chown(scratch.path().c_str(), nobody, nobody) != 0) return 98;
  return in_child([&] { return ::setuid(nobody) == 0 ? action() : 98; });
}

}  // namespace gostrap::testing
