// Every verb, one small file each. A verb parses its words, calls the libraries and prints.
#pragma once

#include "support/error.hpp"

#include <string>
#include <vector>

namespace gostrap {

using Words = std::vector<std::string>;

ExitCode build_verb(const Words& words);
ExitCode plan_verb(const Words& words);
ExitCode list_verb(const Words& words);
ExitCode env_verb(const Words& words);
ExitCode shell_verb(const Words& words);
ExitCode exec_verb(const Words& words);
ExitCode compile_verb(const Words& words);
ExitCode inspect_verb(const Words& words);
ExitCode relink_verb(const Words& words);
ExitCode verify_verb(const Words& words);
ExitCode goproxy_verb(const Words& words);
ExitCode bazel_verb(const Words& words);
ExitCode serve_verb(const Words& words);
ExitCode image_verb(const Words& words);
ExitCode prune_verb(const Words& words);
ExitCode outdated_verb(const Words& words);
ExitCode bundle_verb(const Words& words);
ExitCode key_verb(const Words& words);
ExitCode doctor_verb(const Words& words);
ExitCode release_verb(const Words& words);
ExitCode source_verb(const Words& words);
ExitCode host_verb(const Words& words);
ExitCode toolchain_verb(const Words& words);
ExitCode sdk_verb(const Words& words);
ExitCode archives_verb(const Words& words);

}  // namespace gostrap
