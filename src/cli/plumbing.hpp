// What the plumbing verbs share: an output made in a stage beside --out, with its provenance beside it.
#pragma once

#include "build/make.hpp"
#include "cli/command_line.hpp"

#include <functional>

namespace gostrap {

/// Calls `make(output, work, progress)` with an empty output and a private work directory; commits the
/// output, writes the provenance, prints the path (or, with --json, a document).
void make_out(
    const CommandLine& line,
    const std::function<Json(const fs::path& output, const BuildOptions& options, Progress& progress)>& make);

}  // namespace gostrap
