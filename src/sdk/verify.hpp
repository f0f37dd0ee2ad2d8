// verify: does an output still hold what its manifest says, and does it do what an SDK must?
#pragma once

#include "sdk/check.hpp"
#include "sdk/manifest.hpp"
#include "support/process.hpp"

#include <filesystem>
#include <vector>

namespace gostrap {

/// Hashes everything again and names what is missing, changed or too much.
Check check_files(const std::filesystem::path& output, const Manifest& manifest);

/// The output's own programs are static: no interpreter, no DT_NEEDED. Only ELF can be looked at.
Check check_programs(const std::filesystem::path& output, const Manifest& manifest);

/// The C compiler that an SDK is bound to is what it was.
Check check_c_compiler(const CCompiler& compiler);

/// Builds a hello for the port with the output's go command in a private directory: it must be static where
/// it is ELF, lose its debug sections when stripped, and say hello through the exec wrapper.
std::vector<Check> check_hello(const std::filesystem::path& output, const Manifest& manifest);

}  // namespace gostrap
