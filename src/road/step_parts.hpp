// What the steps have in common: where their inputs lie, how those are hashed, and how an output is finished.
#pragma once

#include "road/output.hpp"
#include "sdk/manifest.hpp"
#include "source/patch.hpp"
#include "store/provenance.hpp"
#include "toolchain/build.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

/// A step whose output is taken: its number in the plan.
using Need = std::size_t;
/// Of each step of the plan: its key, and where its output lies.
using Keys = std::vector<std::string>;
using Outputs = std::vector<std::filesystem::path>;

/// What all inputs begin with. The recipe number in them is raised whenever gostrap makes something else of
/// the same inputs. An empty profile is no input, so that keys are as they were before there were any.
Json begun_inputs(const Output& output);
/// The same of what is made for a port from other steps.
Json derived_inputs(const Output& output, const std::vector<std::string>& from);

/// What a host toolchain's programs bake into what they build, by its profile.
Environment baked_by(const Profile& profile);
/// The host toolchain that a step before this one made.
HostToolchain host_at(const std::filesystem::path& output);

/// Of what a command did. The watcher is told where it could have reached the network.
Making making_of(const BuildRun& run, Progress& progress);
std::vector<PatchName> names_of(const std::vector<Patch>& patches);

/// The manifest of a toolchain, or of its archives, without the record of its contents; `host` is the output
/// that compiled it, whose profile it has.
Manifest manifest_of(Kind kind, const Release& release, const Port& hosted_on);
Manifest manifest_made_by(const std::filesystem::path& host, Kind kind, const HostedPort& at);
/// Records the contents, and makes everything read-only.
void seal(const std::filesystem::path& output, Manifest manifest, Progress& progress);

}  // namespace gostrap
