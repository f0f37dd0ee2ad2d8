// Steps: the arrows of the road. Each makes one output out of named inputs; its key is the hash of those
// inputs. On the command line a step is a verb, in Nix a derivation that calls that verb, in the store an
// entry. Each kind of step is a type with a file of its own, and has
//
//   output()                       what it makes
//   needs()                        the steps whose outputs it takes
//   inputs(keys)                   all that decides its bits, as JSON
//   make(outputs, place, workshop) fills the empty directory `place`
#pragma once

#include "road/archives_step.hpp"
#include "road/host_step.hpp"
#include "road/patched_source_step.hpp"
#include "road/published_host_step.hpp"
#include "road/sdk_step.hpp"
#include "road/source_step.hpp"
#include "road/std_step.hpp"
#include "road/toolchain_step.hpp"

#include <variant>

namespace gostrap {

using Step = std::variant<SourceStep, PatchedSourceStep, HostStep, PublishedHostStep, ToolchainStep, SdkStep,
                          ArchivesStep, StdStep>;

Output output_of(const Step& step);
std::vector<Need> needs_of(const Step& step);
std::string inputs_of(const Step& step, const Keys& keys);
Making make(const Step& step, const Outputs& of, const std::filesystem::path& place,
            const Workshop& workshop);

/// The patches that a step puts on its source, or finds there; none for others.
const std::vector<Patch>& patches_of(const Step& step);

}  // namespace gostrap
