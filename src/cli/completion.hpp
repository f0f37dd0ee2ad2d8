// What the next word of a command line can be, whichever shell asks: worked out from the verbs' records, so
// that an option that is declared is completed too. What only this machine knows (ports, releases, entries
// of the store) is asked of whoever is given.
#pragma once

#include "cli/value.hpp"
#include "cli/verb.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct Candidate {
  std::string word;
  std::string what;  ///< it is; may be empty
};

enum class Files { none, any, directories };

struct Completion {
  std::vector<Candidate>
      candidates;             ///< each for the whole word, unless a value is still to follow ("GOGC=")
  Files files = Files::none;  ///< beside them, which the shell itself knows
  std::string prefix;         ///< of the word, what stands before the value: "--store="
  /// The word at which the command line of somebody else's begins (`gostrap exec PORT -- CMD`).
  std::optional<std::size_t> command;
};

/// The words before the one that is asked for.
struct LineSoFar {
  std::string verb;                           ///< "bundle create"
  std::map<std::string, std::string> values;  ///< of options that take one, by their longest name: the last
  std::vector<std::string> arguments;
};

/// What a value can be; `typed` is what there is of it.
using KnownCandidates =
    std::function<std::vector<Candidate>(ValueKind kind, const LineSoFar& line, const std::string& typed)>;

/// `words` are those behind the program's name, the last one as far as it is typed; it may be empty, but not
/// missing.
Completion complete(const std::vector<const Verb*>& verbs, const std::vector<std::string>& words,
                    const KnownCandidates& known);

}  // namespace gostrap
