// Upstream's own archive of a toolchain, packed by gostrap itself: nothing of the toolchain is run, and no
// other Go is needed. Every file of the GOROOT goes in, whatever cmd/distpack would leave out.
#pragma once

#include "release/port.hpp"
#include "release/version.hpp"
#include "support/hash.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

struct Packed {
  std::optional<Digest> digest;  ///< nothing where it cannot be packed
  std::string why_not;           ///< what is in it that no archive of upstream's has
};

/// Files of a GOROOT as upstream has them, by path below it: those of an SDK that are otherwise.
using Originals = std::map<std::string, std::string>;

/// How a release's distpack packs: 1.21.0's archives have no directories, and all of 1.21 have their files in
/// the order of bytes, not of directories (Go's changes "cmd/distpack: include directory entries in tar
/// files" and "sort files in standard walk order").
struct ArchiveStyle {
  bool directories = true;
  bool by_bytes = false;
};
ArchiveStyle style_of(const Version& version);

/// The tar.gz of the GOROOT as writeTgz of src/cmd/distpack/pack.go makes it, with the originals in place of
/// its own files. `out` gets the bytes.
Packed pack_upstream_archive(const std::filesystem::path& goroot, const Originals& originals,
                             const std::function<void(std::string_view)>& out = {});

/// Which files distpack makes programs (its function mode).
bool is_program_in_archive(const std::string& path);

}  // namespace gostrap
