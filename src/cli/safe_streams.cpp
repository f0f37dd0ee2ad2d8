#include "cli/safe_streams.hpp"

#include "support/process.hpp"
#include "support/text.hpp"

#include <unistd.h>

#include <iostream>
#include <mutex>
#include <string>

namespace gostrap {
namespace {

/// A log of GitHub's takes lines that begin with :: for commands to the runner, and ##[ anywhere in one. What
/// strangers name may hold either: neither comes out whole.
class NoCommands {
 public:
  std::string operator()(std::string_view text) {
    if (!in_its_log_) return std::string(text);
    std::string result;
    for (const char each : text) {
      const bool is_second_colon = each == ':' && before_ == ":" && only_blanks_;
      const bool is_bracket = each == '[' && before_ == "##";
      // both are what JSON, too, takes for that character
      result += is_second_colon ? "\\u003a" : is_bracket ? "\\u005b" : std::string(1, each);
      if (each == '\n') {
        only_blanks_ = true;
        before_.clear();
        continue;
      }
      if (each != ' ' && each != '\t' && each != ':') only_blanks_ = false;
      before_ = before_.empty() || before_.back() == each ? before_ + each : std::string(1, each);
      if (before_.size() > 2) before_.erase(0, 1);
    }
    return result;
  }

 private:
  bool in_its_log_ = is_githubs_log();
  bool only_blanks_ = true;  // but for colons
  std::string before_;       // the last one or two, where they are the same
};

class SafeBuffer final : public StreamLayer {
 public:
  SafeBuffer(std::streambuf* below, bool terminal) : below_(below), terminal_(terminal) {}

  bool put_exact(std::string_view text) override { return terminal_ ? put(text) : put_raw(text); }
  bool put_raw(std::string_view text) override {
    const std::lock_guard lock(mutex_);
    return put_pending() && send(text);
  }

 private:
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return sync() == 0 ? 0 : traits_type::eof();
    const char each = traits_type::to_char_type(c);
    return put({&each, 1}) ? c : traits_type::eof();
  }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    return put({text, static_cast<std::size_t>(size)}) ? size : 0;
  }
  int sync() override {
    const std::lock_guard lock(mutex_);
    return put_pending() && below_->pubsync() == 0 ? 0 : -1;
  }

  /// What could be the beginning of a character waits for the rest of it.
  bool put(std::string_view text) {
    const std::lock_guard lock(mutex_);
    pending_ += text;
    const std::size_t whole = pending_.size() - unfinished_bytes(pending_);
    const std::string shown = harmless(std::string_view(pending_).substr(0, whole));
    pending_.erase(0, whole);
    return send(no_commands_(shown));
  }
  bool put_pending() {
    const std::string shown = harmless(pending_);
    pending_.clear();
    return send(no_commands_(shown));
  }
  bool send(std::string_view text) {
    const auto size = static_cast<std::streamsize>(text.size());
    return below_->sputn(text.data(), size) == size;
  }

  std::streambuf* below_;
  bool terminal_;
  std::mutex mutex_;  // threads tell of what they do
  NoCommands no_commands_;
  std::string pending_;
};

}  // namespace

bool is_githubs_log() {
  return environment_value("GITHUB_ACTIONS") == "true";
}

SafeStreams::SafeStreams()
    : out_before_(std::cout.rdbuf()),
      err_before_(std::cerr.rdbuf()),
      out_(std::make_unique<SafeBuffer>(out_before_, ::isatty(STDOUT_FILENO) == 1)),
      err_(std::make_unique<SafeBuffer>(err_before_, true)) {
  std::cout.rdbuf(out_.get());
  std::cerr.rdbuf(err_.get());
}

SafeStreams::~SafeStreams() {
  std::cout.flush();
  std::cerr.flush();
  std::cout.rdbuf(out_before_);
  std::cerr.rdbuf(err_before_);
}

bool put_exact(std::streambuf& buffer, std::string_view text) {
  if (auto* const layer = dynamic_cast<StreamLayer*>(&buffer)) return layer->put_exact(text);
  const auto size = static_cast<std::streamsize>(text.size());
  return buffer.sputn(text.data(), size) == size;
}

bool put_raw(std::streambuf& buffer, std::string_view text) {
  if (auto* const layer = dynamic_cast<StreamLayer*>(&buffer)) return layer->put_raw(text);
  return put_exact(buffer, text);
}

std::ostream& operator<<(std::ostream& stream, Exact exact) {
  if (!put_exact(*stream.rdbuf(), exact.text)) stream.setstate(std::ios::badbit);
  return stream;
}

std::ostream& operator<<(std::ostream& stream, TerminalSequence sequence) {
  if (!put_raw(*stream.rdbuf(), sequence.text)) stream.setstate(std::ios::badbit);
  return stream;
}

}  // namespace gostrap
