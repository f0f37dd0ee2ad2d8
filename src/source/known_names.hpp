// The names that a source tree itself says it knows: experiments, FIPS modules, GODEBUG settings.
#pragma once

#include "release/setting.hpp"

#include <filesystem>

namespace gostrap {

/// From src/internal/goexperiment/flags.go, lib/fips140, src/runtime/runtime1.go and
/// src/internal/godebugs/table.go below `tree`, a source or a GOROOT. What is not found, or not written as
/// expected, stays empty.
KnownNames read_known_names(const std::filesystem::path& tree);

}  // namespace gostrap
