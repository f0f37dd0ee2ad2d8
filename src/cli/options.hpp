// The options of one verb: each is declared once, bound to the variable that takes its value, and can be
// listed without running anything. The parser is cxxopts, which only options.cpp knows.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

/// An option as help, completion and "did you mean" need it.
struct KnownOption {
  std::string letter;              ///< "j"; may be empty
  std::vector<std::string> names;  ///< "jobs"; none where there is only a letter
  std::string placeholder;         ///< what stands for its value, "N"; empty where it takes none
  std::string help;
  bool repeats = false;

  bool takes_value() const { return !placeholder.empty(); }
};

/// The words of a command line that are no options, and the usage that errors about them show.
struct Arguments {
  std::vector<std::string> words;
  std::string usage;  ///< "gostrap build PORT…"

  /// Exactly one argument, called `what` in the error; or at least one.
  const std::string& one(const std::string& what) const;
  void require(const std::string& what) const;
};

class Options {
 public:
  /// `verb` is as the user types it ("bundle create"), `usage` what follows it, `text` what --help says
  /// below.
  Options(const std::string& verb, const std::string& usage, const std::string& text);
  ~Options();
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;

  /// `names` is "jobs", "j,jobs" or "C". The variable has the value once parse() has returned, and must live
  /// until then; what is not given leaves it as it is.
  void add(const std::string& names, const std::string& help, bool& given);
  void add(const std::string& names, const std::string& help, const std::string& placeholder,
           std::optional<std::string>& text);
  void add(const std::string& names, const std::string& help, const std::string& placeholder,
           std::optional<std::filesystem::path>& path);
  void add(const std::string& names, const std::string& help, const std::string& placeholder,
           std::optional<std::uint64_t>& number);
  /// In seconds, such as 60 or 0.5.
  void add(const std::string& names, const std::string& help, const std::string& placeholder,
           std::optional<std::chrono::milliseconds>& time);
  /// Repeatable.
  void add(const std::string& names, const std::string& help, const std::string& placeholder,
           std::vector<std::string>& texts);
  /// --help, where it stands in the list.
  void add_help();
  /// Whatever is no option.
  void add_arguments(Arguments& arguments);
  /// What follows --, which is a command of somebody else's; nothing where there is no --.
  void add_command(std::optional<std::vector<std::string>>& command);

  /// Called when all values are in their variables, for what can be refused at once.
  void check(std::function<void()> check);

  const std::string& usage() const;  ///< "gostrap build PORT…"
  std::vector<KnownOption> known() const;

  /// False when --help was asked for: then print help(). Throws UsageError.
  bool parse(const std::vector<std::string>& words);
  std::string help() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace gostrap
