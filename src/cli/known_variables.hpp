// Every variable of the environment that gostrap reads, once: for `gostrap help environment`, the manual
// pages, and whoever asks why it behaves as it does. tests/integration/variables.test.sh holds it against the
// source.
#pragma once

#include <string>
#include <vector>

namespace gostrap {

struct KnownVariable {
  const char* names;             ///< one, or several with spaces between
  const char* what;              ///< it does: one sentence, without its full stop
  const char* option = nullptr;  ///< what says the same on a command line, and wins: "store"
};

struct VariableGroup {
  const char* heading;
  std::vector<KnownVariable> variables;
};

const std::vector<VariableGroup>& known_variables();

/// As lines of a terminal.
std::string variables_text();

}  // namespace gostrap
