// What `gostrap bazel` prints: text for MODULE.bazel and WORKSPACE, put together from src/cli/bazel.
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

/// `urls` say where the archives are, with {} for the file's name.
std::string module_text(const std::vector<BazelSdk>& sdks, const std::vector<std::string>& urls,
                        const Release& release);
std::string workspace_text(const std::vector<BazelSdk>& sdks, const std::vector<std::string>& urls,
                           const Release& release);

}  // namespace gostrap
