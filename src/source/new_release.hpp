// A release that is not pinned yet: its pins are read off its source, and off what upstream published.
#pragma once

#include "release/index.hpp"
#include "release/release.hpp"
#include "source/source.hpp"
#include "support/progress.hpp"

#include <string>
#include <vector>

namespace gostrap {

/// Where Go's own repository is, in the order in which it is asked there.
const std::vector<std::string>& upstreams_origins();

struct NewRelease {
  Version version;
  std::string commit;  ///< on which its tag stands, 40 hexadecimal digits; empty where it is not known
  Published published;
  std::string from;  ///< an origin of its source, on this machine or on the network
};

/// The release with all its pins; a commit that was not known is the one on which its tag stands, where the
/// source is a git repository. The source is fetched, unpacked or copied under the limits and with the
/// patience of `request`, whose other members do not count. Throws Error where it is no source, or that of
/// another release.
Release pinned_release(const NewRelease& named, SourceRequest request, Progress& progress);

}  // namespace gostrap
