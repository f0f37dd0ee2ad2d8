// The archive of a source from the network, whole or not at all.
#pragma once

#include "release/release.hpp"
#include "source/request.hpp"
#include "support/progress.hpp"

#include <filesystem>
#include <string>

namespace gostrap {

/// Whether it is a http:// or https:// URL of an archive ("https://x/go1.24.4.src.tar.gz"), not of a git
/// repository: its path says so.
bool is_archive_url(const std::string& origin);

/// Downloads it into the request's scratch directory, under its bounds and with its patience, and unpacks it
/// into the empty directory `destination` as unpack_source() does. Returns its SHA-256: under the name by
/// which it is published it must be the published one; what it is under another name, its content shows.
/// Throws Error, and no Transient: the retries were made.
Digest fetch_archive(const Release& release, const std::string& url, const SourceRequest& request,
                     const std::filesystem::path& destination, Progress& progress);

}  // namespace gostrap
