// The ladder: which toolchains to build, in which order, to get from a bootstrap at hand to a release. Floors
// are those of go.dev/doc/install/source; each release carries its own (Release::bootstrap).
#pragma once

#include "release/releases.hpp"
#include "toolchain/bootstrap.hpp"

#include <set>
#include <string>
#include <vector>

namespace gostrap {

struct Rung {
  const Release* release;
  std::string why;  ///< "go1.24.9 needs Go 1.22.6 or newer: go1.23.5 is (/usr/lib/go-1.23)"
};

struct Ladder {
  Bootstrap start;
  std::vector<Rung> rungs;  ///< in the order of building; the last one is the release asked for
};

/// The ladder with the fewest rungs from any of `bootstraps`; among equals the bootstrap found first. A rung
/// is one of `named`, where one of these will do, else the newest patch of the oldest line that will, which
/// asks least of the rung below (nix/host.nix takes the same); no candidate, and none whose source nobody has
/// seen. Throws Error, naming floors and what was found, when there is none.
Ladder plan_ladder(const Release& target, const BootstrapSearch& bootstraps, const Releases& releases,
                   const std::set<Version>& named = {});

/// The rung of which upstream's own archive is taken, where there is no Go to start from: it can build the
/// release, pins an archive for the port, and is the one that plan_ladder would take first. Throws Error
/// where there is none.
const Release& published_rung(const Release& target, const Port& port, const Releases& releases,
                              const std::set<Version>& named = {});

}  // namespace gostrap
