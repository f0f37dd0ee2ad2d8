// The step from upstream's own archive to the toolchain that runs here: neither source nor bootstrap nor
// make.bash, and the same bits. Its provenance says that nobody here has built it.
#pragma once

#include "road/step_parts.hpp"

namespace gostrap {

struct PublishedHostStep {
  const Release* release;

  Output output() const { return {Kind::host, release, own_port()}; }
  std::vector<Need> needs() const { return {}; }
  std::string inputs(const Keys& keys) const;
  Making make(const Outputs& of, const std::filesystem::path& place, const Workshop& workshop) const;
};

/// What was done to make a host of an archive that came from there.
Making made_of(const std::string& origin);

/// Makes the output of a host in the empty directory `place` of an archive that lies here, after its
/// checksum: fit to make others with, and not sealed. What it consists of is not recorded.
void unpack_host(const Release& release, const std::filesystem::path& archive,
                 const std::filesystem::path& place, const Workshop& workshop);

}  // namespace gostrap
