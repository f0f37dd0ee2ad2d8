// What verify prints of the proof of a whole release.
#pragma once

#include "cli/common_words.hpp"
#include "release/releases.hpp"
#include "report/proof.hpp"
#include "support/error.hpp"

namespace gostrap {

/// What verify can be told of upstream's own archives.
struct ProofWords {
  CommonWords common;
  bool official = false, all = false;
  ReleaseWord release;
  std::optional<std::string> html, against;

  void declare(Options& options);
};

/// verify --official --all: every port of the release, from the store.
ExitCode prove_store(const ProofWords& words, const Limits& limits, const Releases& releases);

/// verify --official --html FILE PATH…: writes the page about the archives among those outputs.
void write_proof_of(const std::vector<fs::path>& outputs, const ProofWords& words, const Limits& limits,
                    const Releases& releases);

}  // namespace gostrap
