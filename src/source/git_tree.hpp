// From a commit in an object database to a tree on disk.
#pragma once

#include "archive/tree_writer.hpp"
#include "source/git_handles.hpp"
#include "source/git_pack_store.hpp"
#include "support/progress.hpp"

#include <cstdint>
#include <string>

namespace gostrap::git {

/// Directories, commits and tags have kilobytes.
constexpr std::uint64_t largest_object = std::uint64_t{16} << 20U;

/// Throws Error when the object says that it has more than `most` bytes: libgit2 unpacks it into memory,
/// whole. `what` is in the error: "one file".
void require_size(git_odb& odb, const git_oid& id, std::uint64_t most, const std::string& what,
                  const std::string& doing);

/// Writes what belongs to the source of `commit` (40 hexadecimal digits) through `writer`, on all cores.
/// Files are taken from `objects`, without a copy, where there is one. Returns the commit's tree, 40
/// hexadecimal digits.
std::string write_source(git_repository& repository, const PackStore* objects, const std::string& commit,
                         TreeWriter& writer, Progress& progress);

}  // namespace gostrap::git
