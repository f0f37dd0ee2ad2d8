#include "advisory/database.hpp"

#include "archive/each_entry.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace gostrap {
namespace {

// Ten times what Go's database has, or more.
constexpr std::size_t largest_file = std::size_t{4} << 20U;
constexpr std::size_t most_files = 200'000;
constexpr std::uint64_t most_bytes = std::uint64_t{512} << 20U;

std::string too_large() {
  return "it is larger than " + std::to_string(largest_file) + " bytes";
}

/// A string of JSON that begins behind its quote, as far as it stands there as it is; nothing where something
/// in it is escaped.
std::optional<std::string_view> plain_string(std::string_view text) {
  const std::size_t end = text.find_first_of("\"\\");
  if (end == std::string_view::npos) return text;
  return text[end] == '"' ? std::optional(text.substr(0, end)) : std::nullopt;
}

/// Whether letters of a name could be written as escapes: all but <, > and &, which Go writes so in texts.
bool has_hidden_letters(std::string_view text) {
  for (std::size_t at = text.find("\\u"); at != std::string_view::npos; at = text.find("\\u", at + 2)) {
    const std::string_view code = text.substr(at + 2, 4);
    if (code.starts_with("00") && code != "003c" && code != "003e" && code != "0026" && code != "003C" &&
        code != "003E")
      return true;
  }
  return false;
}

/// False only where no member "name" can be one of the modules.
bool may_name(std::string_view text, const std::set<std::string, std::less<>>& modules) {
  if (has_hidden_letters(text)) return true;
  constexpr std::string_view key = "\"name\"", space = " \t\r\n";
  for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
    std::size_t next = text.find_first_not_of(space, at + key.size());
    if (next == std::string_view::npos || text[next] != ':') continue;
    next = text.find_first_not_of(space, next + 1);
    if (next == std::string_view::npos || text[next] != '"') continue;
    const std::optional<std::string_view> name = plain_string(text.substr(next + 1));
    if (!name || modules.find(*name) != modules.end()) return true;
  }
  return false;
}

/// Where in a directory they are.
fs::path place_in(const fs::path& directory) {
  for (const char* const below : {"data/osv", "ID"}) {
    if (fs::is_directory(directory / below)) return directory / below;
  }
  return directory;
}

bool is_advisory_path(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path().filename();
  return path.ends_with(".json") && (folder.empty() || folder == "ID" || folder == "osv");
}

}  // namespace

void AdvisoryDatabase::skip(std::string name, std::string why) {
  skipped_.push_back({std::move(name), std::move(why)});
}

void AdvisoryDatabase::add(std::string name, std::string text) {
  check_interrupt();
  if (text.size() > largest_file) return skip(std::move(name), too_large());
  bytes_ += text.size();
  if (files_.size() >= most_files || bytes_ > most_bytes) {
    throw Error("read the advisories, of which " + name + " is one",
                "there are more than " + std::to_string(most_files) + " files or " +
                    std::to_string(most_bytes) + " bytes of them");
  }
  files_.push_back({std::move(name), std::move(text)});
}

AdvisoryDatabase AdvisoryDatabase::read(const fs::path& directory_or_zip) {
  AdvisoryDatabase database;
  if (fs::is_directory(directory_or_zip)) {
    std::vector<fs::path> files;
    for (const auto& each : fs::directory_iterator(place_in(directory_or_zip))) {
      if (each.path().extension() == ".json") files.push_back(each.path());
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      std::optional<std::string> text;
      try {
        text = read_file(file, largest_file);
      } catch (const Error& error) {
        database.skip(file.string(), error.why());
      }
      if (text) database.add(file.string(), std::move(*text));
    }
  } else {
    Limits limits;
    limits.bytes = most_bytes;
    limits.entries = most_files;
    each_archive_entry(directory_or_zip, limits, [&](const ArchiveEntry& entry, const ReadContent& content) {
      if (entry.type != ArchiveEntry::Type::file || !is_advisory_path(entry.path)) return;
      std::string text;
      content([&](std::string_view piece) {
        if (text.size() <= largest_file) text += piece;
      });
      database.add(directory_or_zip.string() + ":" + entry.path, std::move(text));
    });
  }
  if (database.files_.empty()) {
    throw Error(
        "read the advisories in " + directory_or_zip.string(), "there are none",
        "What counts is a directory of OSV files (*.json), a checkout of github.com/golang/vulndb, or "
        "vulndb.zip of vuln.go.dev, packed or not.");
  }
  return database;
}

std::vector<Advisory> AdvisoryDatabase::about(const std::set<std::string>& modules) {
  const std::set<std::string, std::less<>> wanted(modules.begin(), modules.end());
  std::map<std::string, Advisory> found;
  for (const File& file : files_) {
    check_interrupt();
    if (!may_name(file.text, wanted)) continue;
    try {
      const JsonDocument document(file.text, file.name);
      Advisory advisory = advisory_from_json(document.view());
      const bool counts = std::any_of(advisory.affected.begin(), advisory.affected.end(),
                                      [&](const auto& each) { return wanted.contains(each.module); });
      if (!counts || advisory.withdrawn) continue;
      const std::string id = advisory.id;
      if (!found.emplace(id, std::move(advisory)).second)
        skip(file.name, "another file has an advisory of the same ID, " + id);
    } catch (const Error& error) {
      skip(file.name, error.why() + " (" + error.doing() + ")");
    }
  }
  std::vector<Advisory> all;
  for (auto& [id, advisory] : found) all.push_back(std::move(advisory));
  return all;
}

}  // namespace gostrap
