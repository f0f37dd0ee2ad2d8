// Text for MODULE.bazel and WORKSPACE that makes rules_go use SDKs, put together from src/sdk/bazel.
#pragma once

#include "release/release.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct BazelSdk {
  Port port;
  std::string archive, digest;
  std::optional<std::filesystem::path> archives;  ///< the store's, where the file is
  std::optional<std::filesystem::path> goroot;    ///< the store's toolchain that runs there
  std::vector<std::string> entries;               ///< of the store, whose paths stand in the text
};

/// Where the archives are, with {} for the file's name: in the store, or upstream's, whose bits are the same.
std::vector<std::string> archive_urls(const std::vector<BazelSdk>& sdks);

/// `urls` say where the archives are, with {} for the file's name.
std::string module_text(const std::vector<BazelSdk>& sdks, const std::vector<std::string>& urls,
                        const Release& release);
std::string workspace_text(const std::vector<BazelSdk>& sdks, const std::vector<std::string>& urls,
                           const Release& release);

}  // namespace gostrap
