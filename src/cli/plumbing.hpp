// What the plumbing verbs share: an output made in a stage beside --out, with its provenance beside it.
#pragma once

#include "cli/command_line.hpp"
#include "road/make.hpp"
#include "store/store.hpp"

#include <functional>
#include <optional>

namespace gostrap {

/// Calls `make(output, work, progress)` with an empty output and a private work directory; commits the
/// output, writes the provenance, prints the path (or, with --json, a document). Made with a stranger's
/// output, it is marked as one, too.
void make_out(const CommandLine& line,
              const std::function<Making(const fs::path& output, const BuildOptions& options,
                                         Progress& progress)>& make,
              const std::optional<StoreEntry>& stranger = {});

}  // namespace gostrap
