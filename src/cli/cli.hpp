// The command line: finds the verb, runs it, turns errors into text and an exit code.
#pragma once

#include <string>
#include <vector>

namespace gostrap {

/// `arguments` without the program's name. Returns the exit code.
int run_cli(const std::vector<std::string>& arguments);

}  // namespace gostrap
