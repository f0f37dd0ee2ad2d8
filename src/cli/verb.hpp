// A verb as one record: what help, completion and "did you mean" say of it, and how its options are bound to
// what it does. Each stands in a file of the verb's own; verbs.hpp lists them.
#pragma once

#include "cli/options.hpp"
#include "support/error.hpp"

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gostrap {

using Action = std::function<ExitCode()>;

struct Example {
  const char* command = nullptr;
  const char* what = nullptr;  ///< that it does
};

enum class VerbGroup {
  everyday,
  single_step,      ///< fills the directory --out
  part_of_another,  ///< "bundle create"
  about,            ///< gostrap itself: nothing is read but what is compiled in
  hidden,           ///< shells call it, nobody types it
};

struct Verb {
  const char* name;       ///< "build", "bundle create"
  const char* arguments;  ///< as its usage has them: "PORT…|PATTERN…|--all [OPTIONS]"
  const char* summary;    ///< one line, for the list of verbs; none of a part
  const char* help;       ///< lines, each with its end
  VerbGroup group = VerbGroup::everyday;
  /// What of the arguments the list of verbs shows, where it is not all but [OPTIONS].
  const char* brief = nullptr;
  std::array<Example, 4> examples{};
  /// Declares the options, and returns what is to be called when they have been parsed. Nothing of a verb
  /// that is only its parts.
  Action (*bind)(Options&) = nullptr;
  std::array<const Verb*, 8> parts{};

  std::vector<const Verb*> all_parts() const;
  std::string brief_arguments() const;  ///< "PORT…", "create|inspect|diff|install"
  std::string last_word() const;        ///< "create" of "bundle create"
  std::string one_line() const;         ///< its summary; of a part, the first sentence of its help
};

/// For a verb's record: a value of the verb's own type takes the options, which its declare() names, and
/// `run` gets it.
template <typename VerbWords, ExitCode (*run)(const VerbWords&)>
Action bind(Options& options) {
  const auto words = std::make_shared<VerbWords>();
  words->declare(options);
  return [words] { return run(*words); };
}

/// What a verb can be told, without running it.
std::vector<KnownOption> options_of(const Verb& verb);

/// Parses the words after the verb, and does it; --help is printed. Throws UsageError.
ExitCode run_verb(const Verb& verb, const std::vector<std::string>& words);

}  // namespace gostrap
