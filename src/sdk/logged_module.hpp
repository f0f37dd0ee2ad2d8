// The toolchain module of an output, as a checksum database's record names it: what verify --log looks for.
#pragma once

#include "sdk/manifest.hpp"
#include "sdk/module.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gostrap {

struct LoggedModule {
  std::string version;
  std::optional<ModuleHashes> hashes;
  std::string why_not;            ///< where there are no hashes
  bool signed_by_others = false;  ///< upstream's has signatures that nobody else can make
  std::string made_with;          ///< a profile, which upstream's has not
};

/// Of archives by their files. Of a toolchain or an SDK by what cmd/distpack would pack of its GOROOT; the
/// manifest's hashes of files are believed, so check_files() comes first.
LoggedModule logged_module(const std::filesystem::path& output, const Manifest& manifest);

/// Of the zip of a module by itself, whose name is VERSION.zip.
LoggedModule logged_module(const std::filesystem::path& zip);

/// For what has none.
LoggedModule no_logged_module(const std::string& why);

}  // namespace gostrap
