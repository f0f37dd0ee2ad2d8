// The defaults that make.bash bakes into internal/buildcfg: the one generated file in which upstream's
// archives of two ports differ.
#pragma once

#include <optional>
#include <string>

namespace gostrap {

/// src/internal/buildcfg/zbootstrap.go (written by src/cmd/dist/buildruntime.go) with another default for
/// `name`, such as GOARM; nothing when the text has no such default. The constant is DefaultGOARM since
/// Go 1.24, defaultGOARM before.
std::optional<std::string> with_default(std::string zbootstrap, const std::string& name,
                                        const std::string& value);

}  // namespace gostrap
