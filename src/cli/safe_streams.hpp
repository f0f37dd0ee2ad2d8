// Standard output and standard error as all verbs write to them: whatever they print, a terminal can act on
// none of it. What programs read, paths above all, goes out as it is (exact) where no terminal reads it.
#pragma once

#include <memory>
#include <ostream>
#include <streambuf>
#include <string_view>

namespace gostrap {

/// What stands between a stream and where it leads: it can be asked to let something pass.
class StreamLayer : public std::streambuf {
 public:
  /// What programs read: as it is, unless it goes to a terminal.
  virtual bool put_exact(std::string_view text) = 0;
  /// Sequences for a terminal.
  virtual bool put_raw(std::string_view text) = 0;
};
/// The same for whatever a stream leads to.
bool put_exact(std::streambuf& buffer, std::string_view text);
bool put_raw(std::streambuf& buffer, std::string_view text);

/// As long as it lives, all that goes to std::cout and std::cerr passes through harmless().
class SafeStreams {
 public:
  SafeStreams();
  ~SafeStreams();
  SafeStreams(const SafeStreams&) = delete;
  SafeStreams& operator=(const SafeStreams&) = delete;

 private:
  std::streambuf *out_before_, *err_before_;
  std::unique_ptr<std::streambuf> out_, err_;
};

/// Whether what is written is read by GitHub's runner, which takes some of it for commands (GITHUB_ACTIONS).
bool is_githubs_log();

/// A path on a line of its own, or lines for a shell: std::cout << exact(path).
struct Exact {
  std::string_view text;
};
inline Exact exact(std::string_view text) {
  return {text};
}
std::ostream& operator<<(std::ostream& stream, Exact exact);

/// gostrap's own sequences for a terminal.
struct TerminalSequence {
  std::string_view text;
};
std::ostream& operator<<(std::ostream& stream, TerminalSequence sequence);

}  // namespace gostrap
