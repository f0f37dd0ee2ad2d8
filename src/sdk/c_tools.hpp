// What an SDK that compiles C has beside the others: bin/go_GOOS_GOARCH_cc, _cxx, _ar and _pkg_config, which
// its go.env names, and what its launcher does about C. The scripts are in src/sdk/c_tools.
#pragma once

#include "release/c_compiler.hpp"
#include "sdk/exec_wrapper.hpp"

#include <map>
#include <string>
#include <vector>

namespace gostrap {

std::vector<AddedFile> c_tools(const Port& port, const Port& hosted_on, const CCompiler& compiler);

/// For go.env: CGO_ENABLED=1, and CC, CXX, AR and PKG_CONFIG by their names, for bin is on PATH (the launcher
/// sees to that).
std::map<std::string, std::string> c_settings(const Port& port, const CCompiler& compiler);

/// The lines of bin/go, with a newline before them.
std::string c_launcher_lines(const Port& port, const Port& hosted_on, const CCompiler& compiler);

/// What many expect otherwise of programs that it links, a sentence each.
std::vector<std::string> c_remarks(const CCompiler& compiler);

/// The command that makes an SDK with that compiler: "gostrap build linux/arm64 --cgo --static".
std::string c_build_words(const Port& port, const CCompiler& compiler, const Port& hosted_on = own_port());
/// Its options alone: " --cgo --static".
std::string c_option_words(const Port& port, const CCompiler& compiler, const Port& hosted_on = own_port());

}  // namespace gostrap
