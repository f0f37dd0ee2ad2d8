// What rules_go asks of an SDK (bazel-contrib/rules_go: go/private/sdk.bzl, BUILD.sdk.bazel and
// rules/binary.bzl), checked before Bazel finds out.
#pragma once

#include "sdk/check.hpp"

#include <filesystem>
#include <vector>

namespace gostrap {

/// `path` is a GOROOT, or an output that has one. What rules_go writes itself (ROOT, BUILD.bazel,
/// version.bzl) need not be there. Nothing is run.
std::vector<Check> check_for_bazel(const std::filesystem::path& path);

}  // namespace gostrap
