// How an output lies on disk: the GOROOT in share/go, links to it, go.env, exec wrappers and the manifest.
#pragma once

#include "sdk/manifest.hpp"
#include "support/files.hpp"

#include <filesystem>
#include <string>

namespace gostrap {

/// Finishes an output whose GOROOT is in place: bin/go, bin/gofmt, go and GOROOT as links, then the manifest;
/// then everything is made read-only.
void finish_output(const std::filesystem::path& output, Manifest manifest);

/// Makes the SDK for `port` at `output` (new) out of the output of a toolchain hosted here.
void make_sdk(const Release& release, const Port& port, const std::filesystem::path& host, Place how,
              const std::filesystem::path& output);

/// Where an SDK keeps the toolchain's own go.env, so that the canonical toolchain can be had from it again.
std::filesystem::path upstream_go_env(const std::filesystem::path& output);

/// The go.env of an SDK: the toolchain's own text, with GOOS, GOARCH and GOTOOLCHAIN=local. A user's `go env
/// -w` and environment still win (cmd/go reads GOROOT/go.env last).
std::string sdk_go_env(const std::string& toolchain_go_env, const Port& port);

}  // namespace gostrap
