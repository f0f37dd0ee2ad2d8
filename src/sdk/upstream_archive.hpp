// Upstream's own archive of a toolchain, packed by gostrap itself: nothing of the toolchain is run, and no
// other Go is needed. Every file of the GOROOT goes in, whatever cmd/distpack would leave out.
#pragma once

#include "release/port.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

struct Packed {
  std::string digest;   ///< SHA-256, hexadecimal; empty where it cannot be packed
  std::string why_not;  ///< what is in it that no archive of upstream's has
};

/// The tar.gz of the GOROOT as writeTgz of src/cmd/distpack/pack.go makes it; `go_env` stands for the file of
/// that name, where it is given. `out` gets the bytes.
Packed pack_upstream_archive(const std::filesystem::path& goroot, const std::optional<std::string>& go_env,
                             const std::function<void(std::string_view)>& out = {});

/// Which files distpack makes programs (its function mode).
bool is_program_in_archive(const std::string& path);

}  // namespace gostrap
