// Steps: the arrows of the road. Each makes one output out of named inputs; its key is the hash of those
// inputs. On the command line a step is a verb, in Nix a derivation that calls that verb, in the store an
// entry.
#pragma once

#include "release/kind.hpp"
#include "release/profile.hpp"
#include "release/release.hpp"
#include "source/patch.hpp"
#include "store/store.hpp"
#include "support/json.hpp"
#include "toolchain/bootstrap.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct Step {
  Kind kind = Kind::source;
  const Release* release = nullptr;
  Port port;                           ///< what it is for; a host's is the machine's own, a source has none
  bool reference = false;              ///< a toolchain made by GOOS/GOARCH make.bash
  Profile profile;                     ///< what it was, or will be, made with: a source has only patches
  std::vector<Patch> patches;          ///< of a source and a host: those that the profile names
  std::optional<Bootstrap> bootstrap;  ///< of a host that starts from something outside the store
  std::vector<std::size_t> needs;      ///< the steps of the plan whose outputs it takes
  std::string inputs;                  ///< all that decides its output, as a JSON object
  std::string key;                     ///< 32 hexadecimal digits of the hash of `inputs`
  std::string why;                     ///< for whoever reads the plan
  std::string stored;     ///< the entry's name, where the plan takes one that is there, whatever it is called
  bool stranger = false;  ///< it is a stranger's, or is made with what is: the user accepted that

  std::string name() const;  ///< "go1.24.4-sdk-linux-riscv64"
  std::string entry() const { return stored.empty() ? key + "-" + name() : stored; }  ///< in the store
};

/// Whether the store has what the step makes. What a stranger brought is not that, under whatever key it
/// lies.
bool is_made(const Store& store, const Step& step);

/// The inputs of each kind. A recipe number inside them is raised whenever gostrap makes something else of
/// the same inputs. An empty profile is no input, so that keys are as they were before there were any.
std::string source_inputs(const Release& release, const Profile& profile = {});
std::string host_inputs(const Release& release, const BootstrapId& bootstrap, const Profile& profile = {});
std::string derived_inputs(Kind kind, const Release& release, const Port& port, bool reference,
                           const std::vector<std::string>& keys, const Profile& profile = {});

/// Of a bootstrap from outside of the store.
BootstrapId bootstrap_id(const Bootstrap& bootstrap);

}  // namespace gostrap
