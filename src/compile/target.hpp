// What the tools must be told of the port a program is made for (cmd/go/internal/work/gc.go, init.go).
#pragma once

#include "release/port.hpp"

#include <map>
#include <string>
#include <vector>

namespace gostrap {

struct Target {
  Port port;
  std::string feature, feature_value;  ///< "GOAMD64", "v1"; empty for a port that has none
  std::string experiment;              ///< GOEXPERIMENT
  std::string fips140;                 ///< GOFIPS140: "off" as a rule, or what an alias of the SDK's leads to
  std::string go_version;              ///< "go1.24.4", as the tools call themselves
};

/// Reads it from what `go env` tells.
Target target_from(const Port& port, const std::map<std::string, std::string>& go_env);

/// -D GOOS_linux -D GOARCH_arm64 …
std::vector<std::string> assembler_defines(const Target& target);

/// How the linker is to lay out a program, and the flag that compiler and assembler need for it ("" or
/// "-shared").
struct Layout {
  std::string linker_mode;  ///< "exe" or "pie"
  std::string code_flag;
  std::string suffix;  ///< -installsuffix, where a layout other than the port's own was asked for
};
/// `mode` is "" (what the port prefers), "exe" or "pie". Throws UsageError for others.
Layout layout_for(const Port& port, const std::string& mode);

/// ".exe" for windows, "" for others.
std::string program_suffix(const Port& port);

/// "1.24" of "go1.24.4" or "1.24rc1".
std::string language_of(const std::string& go_version);

}  // namespace gostrap
