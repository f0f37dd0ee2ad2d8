// Defaults for GOGC, GOMEMLIMIT and GODEBUG that are compiled into every program of an SDK: small edits of
// the runtime's source, where those variables are read. The environment still overrides them, and so does,
// for GODEBUG, what a program's own go.mod or //go:debug lines say.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace gostrap {

/// All files that a default may change, by path below the GOROOT.
std::set<std::string> runtime_default_files();

/// The edited files of the GOROOT, by path below it. Throws Error where a place is not exactly as expected.
std::map<std::string, std::string> with_runtime_defaults(const std::filesystem::path& goroot,
                                                         const std::map<std::string, std::string>& defaults);

}  // namespace gostrap
