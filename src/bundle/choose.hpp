// What was asked for becomes what goes into a bundle: entries of the store by their ports, outputs and trees
// by their directories.
#pragma once

#include "bundle/select.hpp"
#include "release/releases.hpp"
#include "road/choose_release.hpp"
#include "support/lock.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace gostrap {

struct PortsOfRelease {
  std::string ports;                   ///< "riscv64", or a pattern: "linux/*"
  std::optional<std::string> release;  ///< "1.24.4"; nothing: that of all which name none
};
/// "riscv64@1.24.4"
PortsOfRelease ports_of_release(const std::string& word);

struct BundleRequest {
  using Output = std::filesystem::path;  ///< an output's directory
  std::vector<std::variant<PortsOfRelease, Output>> wanted;
  std::vector<Kind> kinds;                                ///< of the ports
  std::vector<std::filesystem::path> modules;             ///< directories
  bool source = false, host = false, everything = false;  ///< of the release; of the store
  Records records = Records::portable;
};

struct WantedProfile {
  Profile profile;
  std::string words;  ///< that `gostrap build` takes for it: " --cgo"
};

/// Who is asked, and told, while it is chosen.
struct Choosing {
  /// The release of all that name none; asked for once, and only where there is such a thing.
  std::function<const Release&(const WantedOutput&)> release;
  /// Of each entry that is taken, and of what lies elsewhere where something is known of it.
  std::function<void(const StoreEntry&)> taken;
  /// Of which profile an SDK, toolchain or archive for that port is to be. Nothing to ask: of none.
  std::function<WantedProfile(const Release&, const Port&)> profile;
};

struct ChosenInputs {
  std::vector<BundleInput> inputs;
  std::vector<FileLock> uses;  ///< of the store's entries, to be held until the bundle is written
};

/// Throws Error for what the store has not, with the command that builds it, and where nothing was asked for.
ChosenInputs choose_inputs(const BundleRequest& request, const Releases& releases, const Store& store,
                           const Choosing& choosing);

}  // namespace gostrap
