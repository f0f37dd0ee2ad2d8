// All that verify finds out about one output: each question only where the answers before it were good, and
// nothing is run of what nobody knows the maker of.
#pragma once

#include "release/releases.hpp"
#include "road/realise.hpp"
#include "sdk/check.hpp"
#include "sdk/logged_module.hpp"
#include "store/subject.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

namespace gostrap {

struct VerifyRequest {
  bool official = false;  ///< also against what upstream published
  bool rebuild = false;   ///< also against itself, built again
  bool run = false;       ///< also run what a stranger made
  std::optional<std::filesystem::path> bootstrap;
  /// How something of the release is built again.
  std::function<RealiseOptions(const Release&)> options;
  /// Holds a tree of modules, which has no manifest, against the key of its entry.
  std::function<Check(const StoreEntry&)> modules;
  /// Looks for its toolchain module in a public log; empty where nobody asked for that.
  std::function<std::vector<Check>(const LoggedModule&)> log{};
};

std::vector<Check> verify_output(const Subject& subject, const VerifyRequest& request,
                                 const Releases& releases, const Store& store, PlanProgress& watcher);

/// The same; what is damaged is made again, and looked at once more.
std::vector<Check> verify_and_repair(const Subject& subject, const VerifyRequest& request,
                                     const Releases& releases, const Store& store, PlanProgress& watcher);

}  // namespace gostrap
