// How an output lies on disk: the GOROOT in share/go, links to it, go.env, exec wrappers and the manifest.
#pragma once

#include "sdk/manifest.hpp"
#include "support/files.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gostrap {

/// Where a host toolchain keeps distpack: outside of the GOROOT, which is as upstream's.
constexpr const char* packer_place = "libexec/gostrap/distpack";

/// Finishes an output whose GOROOT is in place (of an SDK: with its additions, too): bin/go, bin/gofmt, go
/// and GOROOT as links, then the manifest; then everything is made read-only.
void finish_output(const std::filesystem::path& output, Manifest manifest);

/// What a host with a profile brings along into what is made with it: its patches, and the files that they
/// changed as they were.
void bring_along(const std::filesystem::path& host, const std::filesystem::path& output, CopyMode how);

/// What an SDK is made from.
struct SdkParts {
  ReleasePort at;              ///< the release, and the port that it targets
  Profile profile;             ///< what is bound in an SDK alone: in go.env, bin/ and the runtime's source
  std::filesystem::path host;  ///< the output of a toolchain hosted here
  /// As an earlier gostrap would have made it, to the byte; the profile's layout_of where there is none.
  std::optional<int> layout{};
};
void make_sdk(const SdkParts& parts, CopyMode how, const std::filesystem::path& output);

/// Where an SDK keeps the toolchain's own go.env, so that the canonical toolchain can be had from it again.
std::filesystem::path upstream_go_env(const std::filesystem::path& output);

/// Where an output keeps the canonical files that its profile changed, by their paths below the GOROOT.
std::filesystem::path upstream_files(const std::filesystem::path& output);
/// Where it keeps the patches that its source has, by their SHA-256.
std::filesystem::path patch_file(const std::filesystem::path& output, const Digest& patch);

/// The go.env of an SDK: the toolchain's own text, with GOOS, GOARCH, GOTOOLCHAIN=local, the profile's
/// settings and the C compiler's. A user's `go env -w` and environment still win (cmd/go reads GOROOT/go.env
/// last).
std::string sdk_go_env(const std::string& toolchain_go_env, const Port& port, const Profile& profile = {});

}  // namespace gostrap
