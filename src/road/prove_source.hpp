// From a tag to the published source archive, link by link, out of a git repository alone: nothing is
// believed but git's hashes and what is computed here.
#pragma once

#include "release/release.hpp"
#include "source/source.hpp"
#include "support/progress.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct ProofLink {
  enum class Result { holds, differs, not_shown };

  std::string from, to;  ///< "commit", "tree"
  std::string says;      ///< what was found
  Result result = Result::holds;
};
std::string text(ProofLink::Result result);  ///< "ok", "differs", "not shown"

struct SourceProof {
  SourceReceipt receipt;
  std::vector<ProofLink> links;

  bool holds() const;  ///< none differs
};

/// Gets the release's tag from the first of `settings`' origins that works, and packs its source as
/// cmd/distpack does. Throws Error where the source cannot be had, or is not what the release's other pins
/// say.
SourceProof prove_source(const Release& release, const SourceSettings& settings, Progress& progress);

}  // namespace gostrap
