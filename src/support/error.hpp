// The two things that gostrap throws. Every error says what was being done, why it failed and what to do
// next; only run_cli turns it into text and an exit code.
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace gostrap {

/// The process's exit codes, as README lists them.
enum class ExitCode { done = 0, difference = 1, failed = 2, interrupted = 130 };

class Error : public std::exception {
 public:
  /// `doing` completes "cannot …" and names its object ("read /x/releases.json"), or is empty where the
  /// cause says it all; `why` is the cause; `next`, where there is one, is a sentence or command that mends
  /// it. What a terminal could act on in these, and secrets in URLs, are made harmless here: strangers' words
  /// and names may be put into them as they are.
  Error(const std::string& doing, const std::string& why, const std::string& next = {},
        ExitCode code = ExitCode::failed);

  const char* what() const noexcept override { return text_.c_str(); }
  const std::string& doing() const { return doing_; }
  const std::string& why() const { return why_; }
  const std::string& next() const { return next_; }
  ExitCode code() const { return code_; }

 private:
  std::string doing_, why_, next_, text_;
  ExitCode code_;
};

/// What was asked for makes no sense, or cannot be: nothing was begun, so the reason is the whole text.
class UsageError : public Error {
 public:
  explicit UsageError(const std::string& why, const std::string& next = {})
      : Error(std::string(), why, next) {}
};

/// A signal asked us to stop. It is neither an Error nor a std::exception: whoever catches those to go on
/// must not go on now.
struct Interrupted {
  static constexpr const char* text = "interrupted";
  static constexpr const char* next =  // what to do
      "What is finished is kept: the same command goes on from there.";
};

/// The text of `errno` (or of `number`).
std::string errno_text();
std::string errno_text(int number);

/// What to do about a failed system call: speaks of space where the disk is full, of another place where it
/// cannot be written; empty where there is nothing to say.
std::string advice(int number);

/// An Error for a failed system call: why is errno's text, next is the advice.
Error system_error(const std::string& doing);

}  // namespace gostrap
