// The source of a release, from the first origin that has it: a git repository, an archive or a directory,
// the first two also over the network.
// Whatever it came from, it is checked against the release's pins before anybody may use it.
#pragma once

#include "release/release.hpp"
#include "source/git.hpp"
#include "source/request.hpp"
#include "support/progress.hpp"

#include <filesystem>
#include <string>

namespace gostrap {

enum class OriginKind {
  network,     ///< a URL or user@host:path: git over the network
  download,    ///< a URL of an archive
  repository,  ///< a git repository on this machine
  archive,
  directory,
  missing,  ///< it would be on this machine, and is not there
};

/// The path that an origin names, with file:// and its %XX taken off.
std::filesystem::path local_path(const std::string& origin);

/// What an origin is: an existing directory with a git repository, another directory, a file, or else a URL
/// or what scp takes (host:path). file:// is the same as the path in it.
OriginKind kind_of_origin(const std::string& origin);

/// What --offline leaves out.
bool is_on_network(OriginKind kind);

struct SourceReceipt {
  std::string origin;  ///< without secrets, see support/url.hpp
  std::string kind;    ///< "git", "archive" or "directory"
  Digest nar{};        ///< equal to Release::source, where that is pinned
  GitSource git{};     ///< where git told it, else empty
};

/// Fills `destination` (an existing, empty directory) with the canonical source of `release`, from the first
/// origin that works, and checks it against the pins that such an origin can meet: a repository's tag against
/// the commit, an archive's file against its checksum where no NAR hash is known, the tree against that. One
/// that can meet none is no origin. An origin that fails gets a note, and the next is
/// tried; when all fail, the Error lists each failure and says what to do by hand, and `destination` is
/// empty.
SourceReceipt obtain_source(const Release& release, const SourceRequest& request,
                            const std::filesystem::path& destination, Progress& progress);

/// Checks an existing source tree against the pin. Throws Error, which shows both hashes, when they differ.
void require_source(const Release& release, const std::filesystem::path& tree);

}  // namespace gostrap
