// Verbs, run as a user runs them, in a place of their own.
#pragma once

#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "support/testing.hpp"

#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace gostrap::testing {

/// Keeps what is written to a stream as long as it lives.
class Kept {
 public:
  explicit Kept(std::ostream& stream) : stream_(stream), before_(stream.rdbuf(text_.rdbuf())) {}
  ~Kept() { stream_.rdbuf(before_); }
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;
  std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
  std::ostream& stream_;
  std::streambuf* before_;
};

/// What became of a verb.
struct Ran {
  ExitCode code = ExitCode::done;
  std::string out, err;
  std::string refusal;    ///< with its advice
  bool by_usage = false;  ///< nothing was begun
};

/// Runs a verb with a store of its own, which is empty.
inline Ran ran(const Verb& verb, std::vector<std::string> words) {
  const Scratch scratch;
  const Kept out(std::cout), err(std::cerr);
  Ran ran;
  words.insert(words.begin(), "--store=" + (scratch / "store").string());
  try {
    ran.code = run_verb(verb, words);
  } catch (const Error& error) {
    ran.code = error.code();
    ran.refusal = std::string(error.what()) + (error.next().empty() ? "" : "\n" + error.next());
    ran.by_usage = dynamic_cast<const UsageError*>(&error) != nullptr;
  }
  ran.out = out.text();
  ran.err = err.text();
  return ran;
}

/// What is said of words that make no sense: "" where they do, or were begun with.
inline std::string usage_error(const Verb& verb, const std::vector<std::string>& words) {
  const Ran of = ran(verb, words);
  return of.by_usage && of.code == ExitCode::failed && of.out.empty() ? of.refusal : "";
}

}  // namespace gostrap::testing
