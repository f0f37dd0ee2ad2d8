// What all verbs share: option parsing over cxxopts, the common options, and where releases and store are.
#pragma once

#include "archive/tree_writer.hpp"
#include "release/release.hpp"
#include "source/patience.hpp"
#include "store/store.hpp"
#include "support/progress.hpp"

// a path may have commas in it, and so may a profile
#define CXXOPTS_VECTOR_DELIMITER '\0'
// Where cxxopts was built with ICU (nixpkgs), it would have UnicodeString made from bool and have ranges of
// it, and then bool is a range to nlohmann's json. Help is measured in bytes wherever gostrap is built.
#undef CXXOPTS_USE_UNICODE
#include <cxxopts.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

class CommandLine {
 public:
  /// `usage` is the verb with its arguments ("build PORT…"), `text` what --help says below it.
  CommandLine(const std::string& usage, const std::string& text);

  /// For options of the verb's own.
  cxxopts::OptionAdder add() { return options_.add_options(); }
  void add_release();
  void add_jobs();
  void add_limits();
  void add_patience();
  void add_out();

  /// False when --help was asked for and printed. Throws UsageError.
  bool parse(const std::vector<std::string>& words);

  bool has(const std::string& option) const { return result_->count(option) > 0; }
  std::string text(const std::string& option) const;  ///< "" when not given
  std::vector<std::string> texts(const std::string& option) const;
  const std::vector<std::string>& arguments() const { return arguments_; }  ///< what is not an option

  /// Exactly one argument, called `what` in the error; or at least one.
  std::string one_argument(const std::string& what) const;
  void require_arguments(const std::string& what) const;

  bool json() const { return has("json"); }
  bool offline() const;
  Releases releases() const;
  fs::path releases_file() const;
  Store store() const;
  unsigned jobs() const;
  Limits limits(Limits otherwise = {}) const;  ///< those that were named, and for the others `otherwise`
  Patience patience() const;
  fs::path out() const;  ///< of --out, which must be there

  /// A watcher fit for what standard error is: a terminal, a pipe or (--events) a program.
  std::unique_ptr<PlanProgress> progress() const;

 private:
  cxxopts::Options options_;
  std::optional<cxxopts::ParseResult> result_;
  std::vector<std::string> arguments_;
  std::string usage_;
};

/// Prints one document on standard output.
void print_json(const Json& json);

}  // namespace gostrap
