// Where the files of a log come from: a directory, as a go command keeps them in its module cache, or the
// log's own web server.
#pragma once

#include "support/patience.hpp"
#include "support/progress.hpp"
#include "tlog/tiles.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

/// A signed tree that lies there, beside those of lookups.
struct FoundNote {
  std::string file, text;
};

/// Why nothing is shown, where nothing speaks against it either: a file is not there, or a server not
/// reached.
struct NotShown {
  std::string why;
};

struct LogSource {
  std::string place;  ///< the directory or URL: what stands before a path in an Error
  ReadLogFile read;
  std::function<std::vector<FoundNote>()> notes;
};

/// The directory of that log's files in a module cache (GOMODCACHE, its cache/download, its sumdb), in a tree
/// that is laid out as one, or the directory itself. Nothing where none has lookups or tiles.
std::optional<std::filesystem::path> log_directory(const std::filesystem::path& named,
                                                   const std::string& log);

/// $GOMODCACHE, else pkg/mod in $GOPATH or in ~/go.
std::optional<std::filesystem::path> module_cache();

LogSource source_in(const std::filesystem::path& directory);
/// What it cannot get is NotShown. `progress` must live as long as it is read.
LogSource source_at(const std::string& url, const Patience& patience, Progress& progress);

}  // namespace gostrap
