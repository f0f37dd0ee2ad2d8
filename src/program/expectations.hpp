// What is asked of a program: words that are held against what it says of itself.
#pragma once

#include "program/facts.hpp"

#include <string>
#include <vector>

namespace gostrap {

/// Those of the words ("static", "stripped", "linux/arm64", "GOAMD64=v3", …) that do not hold, each with what
/// is so. Throws UsageError for words that mean nothing.
std::vector<std::string> unmet_expectations(const ProgramFacts& facts, const std::vector<std::string>& words);

/// The words that there are beside ports and settings: "static", "no-cgo".
std::vector<std::string> expectation_words();

/// Why a level of a processor ("GOAMD64", "v5") is none that Go has; empty where it is one, or no such
/// setting.
std::string why_no_such_level(const std::string& name, const std::string& value);

}  // namespace gostrap
