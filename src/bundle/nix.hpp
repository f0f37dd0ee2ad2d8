// Into a Nix store, at the paths that the flake expects: a source and upstream's archive by their content
// (the path depends on name and hash only), an output at the path that the flake's derivation of it will
// have, by way of a binary cache made on the spot. Then nothing of it is left to fetch or to build.
#pragma once

#include "bundle/index.hpp"
#include "support/progress.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct NixRequest {
  std::string flake = ".";
  std::vector<std::string> arguments;  ///< more words for `nix eval`: --override-input …
};

/// The attribute of the flake that makes the entry:
/// "legacyPackages.x86_64-linux.go_1_24_4.go-sdk-linux-riscv64". Nothing for one that the flake does not
/// make.
std::optional<std::string> nix_attribute(const BundleEntry& entry);

/// Why what was unpacked is not what the attribute makes, by its manifest; empty when it is.
std::string why_not_the_flakes(const BundleEntry& entry, const std::filesystem::path& tree);

/// What a file:// cache says of one path that refers to no other.
std::string nar_info(const std::string& store_path, const std::string& nar_sha256, std::uint64_t nar_size);

/// Puts `tree`, which was unpacked and checked, into the Nix store, and returns its path. `work` is a private
/// directory beside it.
std::string add_to_nix(const BundleEntry& entry, const std::filesystem::path& tree,
                       const std::filesystem::path& work, const NixRequest& request, Progress& progress);

}  // namespace gostrap
