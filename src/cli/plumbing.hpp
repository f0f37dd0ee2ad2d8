// What the plumbing verbs share: an output made in a stage beside --out, with its provenance beside it.
#pragma once

#include "cli/common_words.hpp"
#include "road/step.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace gostrap {

/// Where an output goes, and what is written beside it.
struct OutputWords {
  OutWord out;
  std::optional<std::string> provenance, log;
  JobsWord jobs;

  void declare_out(Options& options);     ///< --out and --provenance
  void declare_making(Options& options);  ///< these, --jobs and --log
};

/// Calls `make` with an empty directory to fill and a workshop of its own; commits the output, writes the
/// provenance, prints the path (or, with --json, a document). `from` is what is known of the inputs: made
/// with a stranger's output, it is marked as one, too.
void make_out(const CommonWords& common, const OutputWords& words,
              const std::function<Making(const fs::path& place, const Workshop& workshop)>& make,
              std::vector<Provenance> from = {});

}  // namespace gostrap
