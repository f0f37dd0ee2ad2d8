// What upstream offers for download: the archive of a toolchain, which its release pins by its checksum, and
// the names under which such a file lies somewhere.
#pragma once

#include "release/release.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gostrap {

struct PublishedArchive {
  std::string file;  ///< as it is published: "go1.24.4.linux-amd64.tar.gz"
  Digest sha256{};

  bool operator==(const PublishedArchive&) const = default;
};

/// The archive of the toolchain hosted on the port. Throws Error, with the reason, where the release pins
/// none.
PublishedArchive published_archive(const Release& release, const Port& port);

/// The name of a file as upstream has it: in a Nix store that is "HASH-go1.24.4.linux-amd64.tar.gz".
std::string published_name(const std::filesystem::path& file);

/// The name at the end of a URL's path: "go1.24.4.linux-amd64.tar.gz" of "https://x/dl/go1.24.4.linux-
/// amd64.tar.gz?token=y".
std::string name_in_url(const std::string& url);

/// The release that a file is the archive of, hosted on the port, by its name; nothing for other names.
std::optional<Version> version_of_archive(const std::filesystem::path& file, const Port& port);

}  // namespace gostrap
