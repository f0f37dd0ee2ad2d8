// The step from a source and an older Go to the toolchain that runs here: make.bash.
#pragma once

#include "road/step_parts.hpp"
#include "source/patch.hpp"
#include "toolchain/bootstrap.hpp"

#include <optional>
#include <variant>

namespace gostrap {

/// The host toolchain of an older release, which the plan makes first.
struct RungBelow {
  const Release* release;
  Need host;
};

struct HostStep {
  const Release* release;
  Profile profile;                          ///< Profile::of_host()
  std::vector<Patch> patches;               ///< those that it names
  std::variant<Bootstrap, RungBelow> from;  ///< a Bootstrap comes from outside of the store
  Need source;                              ///< as pinned, patches or not
  std::optional<Need> patched{};            ///< with the patches; without it that is made on the way

  Output output() const { return {Kind::host, release, own_port(), false, profile}; }
  std::vector<Need> needs() const;
  std::string inputs(const Keys& keys) const;
  Making make(const Outputs& of, const std::filesystem::path& place, const Workshop& workshop) const;
};

/// What identifies a bootstrap from outside of the store: its name and the hash of its go command.
BootstrapId bootstrap_id(const Bootstrap& bootstrap);

}  // namespace gostrap
