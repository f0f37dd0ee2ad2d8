#include "tlog/source.hpp"

#include "download/download.hpp"
#include "support/directories.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/strings.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/lookup.hpp"

#include <algorithm>
#include <set>

namespace gostrap {
namespace {

constexpr std::size_t most_notes = 1000;  // of lookups of other modules

std::optional<std::string> read_if_there(const fs::path& file) {
  std::error_code hidden;
  if (!fs::exists(file, hidden)) return std::nullopt;
  return read_file(file, longest_log_file);
}

/// The beginning of a wider tile that is there: what a log has grown to since.
std::optional<std::string> from_wider(const fs::path& directory, const Tile& tile) {
  if (tile.width == Tile::whole) return std::nullopt;
  std::uint64_t best = Tile::whole;
  std::error_code failed;
  for (const auto& each : fs::directory_iterator((directory / tile.path()).parent_path(), failed)) {
    const auto width = log_number(each.path().filename().string(), Tile::whole);
    if (width && *width > tile.width) best = std::min(best, *width);
  }
  std::optional<std::string> data = read_if_there(directory / Tile{tile.level, tile.index, best}.path());
  const std::size_t hash = 32;
  if (!data || data->size() != best * hash) return std::nullopt;
  data->resize(tile.width * hash);
  return data;
}

void find_notes(const fs::path& lookups, std::vector<FoundNote>& notes) {
  std::set<std::string> known;
  std::error_code failed;
  std::size_t looked_at = 0;
  for (fs::recursive_directory_iterator each(lookups, failed);
       !failed && each != fs::recursive_directory_iterator() && looked_at < most_notes;
       each.increment(failed)) {
    if (!each->is_regular_file(failed)) continue;
    ++looked_at;
    try {
      std::string note = parse_lookup(read_file(each->path(), longest_log_file), each->path().string()).note;
      if (known.insert(note).second) notes.push_back({each->path().string(), std::move(note)});
    } catch (const Error&) {
      continue;  // it is another module's: whoever asks for that is told
    }
  }
}

/// Where the go command keeps the newest tree that it has seen: beside the module cache, not in it.
fs::path latest_of_go_command(const fs::path& directory) {
  const std::string between = "/mod/cache/download/sumdb/";
  const std::string text = directory.string();
  const std::size_t at = text.rfind(between);
  if (at == std::string::npos) return {};
  return fs::path(text.substr(0, at)) / "sumdb" / text.substr(at + between.size()) / "latest";
}

bool is_path_below(const std::string& name) {
  const std::string framed = "/" + name + "/";
  return framed.find("/.") == std::string::npos && framed.find("//") == std::string::npos;
}

}  // namespace

std::optional<fs::path> log_directory(const fs::path& named, const std::string& log) {
  std::vector<fs::path> places{named};
  if (is_path_below(log)) {
    for (const char* above : {"", "sumdb", "cache/download/sumdb", "pkg/mod/cache/download/sumdb"})
      places.push_back(named / above / log);
  }
  for (const fs::path& each : places) {
    std::error_code hidden;
    if (fs::is_directory(each / "lookup", hidden) || fs::is_directory(each / "tile", hidden))
      return fs::absolute(each).lexically_normal();
  }
  return std::nullopt;
}

std::optional<fs::path> module_cache() {
  if (const auto cache = environment_value("GOMODCACHE"); cache && !cache->empty()) return *cache;
  if (const auto path = environment_value("GOPATH"); path && !path->empty())
    return fs::path(path->substr(0, path->find(':'))) / "pkg" / "mod";
  const auto home = home_directory();
  return home ? std::optional(*home / "go" / "pkg" / "mod") : std::nullopt;
}

LogSource source_in(const fs::path& directory) {
  const auto read = [directory](const std::string& path) {
    std::optional<std::string> text = read_if_there(directory / path);
    const std::optional<Tile> tile = text ? std::nullopt : parse_tile_path(path);
    return tile ? from_wider(directory, *tile) : text;
  };
  const auto notes = [directory] {
    std::vector<FoundNote> found;
    for (const fs::path& each : {directory / "latest", latest_of_go_command(directory)}) {
      if (auto text = each.empty() ? std::nullopt : read_if_there(each))
        found.push_back({each.string(), std::move(*text)});
    }
    find_notes(directory / "lookup", found);
    return found;
  };
  return {directory.string(), read, notes};
}

LogSource source_at(const std::string& url, const Patience& patience, Progress& progress) {
  const std::string base = without_trailing(url, "/");
  const auto read = [base, patience, &progress](const std::string& path) {
    try {
      return download_text_if_there(base + "/" + path, longest_log_file, patience, progress);
    } catch (const Error& error) {
      throw NotShown{error.what()};
    }
  };
  return {base, read, [] { return std::vector<FoundNote>(); }};
}

}  // namespace gostrap
