// bin/go of an SDK: a short sh script that sets what cmd/go reads from the environment alone, and starts
// share/go/bin/go, which stays upstream's bits.
#pragma once

#include "release/port.hpp"

#include <map>
#include <string>

namespace gostrap {

/// The variable in which gostrap notes what it has set itself ("GOOS=linux GOARCH=riscv64
/// GORISCV64=rva22u64"), so that the SDK of another port does not take it for the user's choice.
constexpr const char* defaults_variable = "GOSTRAP_DEFAULTS";
/// Names the program that the go command has its build cache by (cmd/go, help cache).
constexpr const char* cache_program_variable = "GOCACHEPROG";
/// Its value for an SDK.
std::string defaults_note(const Port& port, const std::map<std::string, std::string>& settings);

/// The script, for an SDK that targets `port` with `settings` of its profile; `c_lines` are those of one that
/// compiles C (sdk/c_tools.hpp).
std::string launcher(const Port& port, const std::map<std::string, std::string>& settings,
                     const std::string& c_lines = {});

}  // namespace gostrap
