// Where upstream's archive of a toolchain comes from: what --from names, else the web.
#pragma once

#include "release/published.hpp"
#include "toolchain/workshop.hpp"

#include <filesystem>
#include <string>

namespace gostrap {

struct ObtainedArchive {
  std::filesystem::path file;
  std::string origin;  ///< where it was, without secrets
};

/// Of the origins that are named for the release: a file of that name (published_name), a directory with one,
/// or a URL of it. Without any, it is downloaded from upstream. A file that lies here is not held against its
/// checksum: whoever unpacks it does that. Throws Error where it is nowhere, or would be on the network and
/// that is not to be touched.
ObtainedArchive obtain_published(const Release& release, const PublishedArchive& archive,
                                 const Workshop& workshop);

}  // namespace gostrap
