// What verify prints of the proof of a whole release.
#pragma once

#include "cli/command_line.hpp"
#include "report/proof.hpp"
#include "support/error.hpp"

namespace gostrap {

void add_proof_options(CommandLine& line);

/// verify --official --all: every port of the release, from the store.
ExitCode prove_store(const CommandLine& line, const Releases& releases);

/// verify --official --html FILE PATH…: writes the page about the archives among those outputs.
void write_proof_of(const std::vector<fs::path>& outputs, const CommandLine& line, const Releases& releases);

}  // namespace gostrap
