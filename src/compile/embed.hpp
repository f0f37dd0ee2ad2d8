// The configuration that tells the compiler which files a //go:embed pattern means (cmd/go/internal/load,
// resolveEmbed).
#pragma once

#include "compile/go_list.hpp"
#include "compile/named_roots.hpp"

#include <string>

namespace gostrap {

/// The files of the package that a pattern ("*.html", "static", "all:static") takes; paths in the package's
/// directory.
std::vector<std::string> embedded_by(const std::string& pattern, const std::vector<std::string>& embed_files);

/// The JSON for -embedcfg, with symbolic paths; empty when the package embeds nothing.
std::string embed_config(const GoPackage& package, const NamedRoots& roots);

}  // namespace gostrap
