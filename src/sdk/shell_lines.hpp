// What puts an SDK to use, written in the language of a shell. All of it is decided where the lines are read,
// and not where they are written: they may lie in a file in between.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

enum class Shell { posix, fish, nu, pwsh };

/// "bash", "zsh", "sh", "fish", "nu", "pwsh"; nothing for one whose language is not known here.
std::optional<Shell> find_shell(const std::string& name);

/// Each call appends a line. Names are those of variables, and need no quoting; values may be any text.
class ShellLines {
 public:
  virtual ~ShellLines() = default;

  virtual void path_first(const std::string& directory) = 0;
  virtual void set(const std::string& name, const std::string& value) = 0;
  virtual void unset(const std::string& name) = 0;
  /// Unsets these, where the variable `note` has " NAME=VALUE NAME=VALUE " of them as they are now.
  virtual void unset_if_noted(const std::vector<std::string>& names, const std::string& note) = 0;
  virtual void set_if_empty(const std::string& name, const std::string& value) = 0;
  virtual void unset_if_within(const std::string& name, const std::string& part) = 0;
  /// Sets it where it is empty or has that in it.
  virtual void set_if_empty_or_within(const std::string& name, const std::string& part,
                                      const std::string& value) = 0;

  const std::string& text() const { return text_; }

 protected:
  void add(const std::string& line) { text_ += line + "\n"; }

 private:
  std::string text_;
};

/// Throws Error, from the calls, for a value that the shell has no words for (support/shell_words.hpp).
std::unique_ptr<ShellLines> lines_for(Shell shell);

}  // namespace gostrap
