#include "release/release_files.hpp"

#include "release/own_releases.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/lock.hpp"
#include "support/output_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace gostrap {
namespace {

constexpr const char* default_name = "default";

std::vector<fs::path> json_files(const fs::path& directory) {
  if (!fs::is_directory(directory)) {
    throw UsageError(directory.string() + " is no directory with a file a release",
                     "Such as gostrap's own: --into nix/releases");
  }
  std::vector<fs::path> files;
  for (const fs::directory_entry& each : fs::directory_iterator(directory)) {
    const std::string name = each.path().filename().string();
    if (name.ends_with(".json") && name.front() != '.') files.push_back(each.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

fs::path file_of(const fs::path& directory, const Release& release) {
  return directory / (release.version.text() + ".json");
}

}  // namespace

Releases releases_in(const fs::path& directory) {
  Releases releases;
  std::optional<Version> default_version;
  for (const fs::path& file : json_files(directory)) {
    const std::string name = file.stem().string();
    const JsonDocument document(read_file(file), file.string());
    if (name == default_name) {
      default_version = version_in(document.view());
      continue;
    }
    const std::optional<Version> version = parse_version(name);
    if (!version || version->text() != name)
      throw Error("read " + file.string(), "its name is not that of a release, such as 1.24.4.json");
    releases.put(release_from_json(*version, document.view()));
  }
  if (default_version) releases.choose_default(*default_version, (directory / "default.json").string());
  return releases;
}

std::string file_text(const Release& release) {
  return to_text(to_json(release));
}

void write_release_files(const fs::path& directory, const std::vector<Release>& releases) {
  const FileLock lock = FileLock::of_directory(fs::absolute(directory), {});
  std::vector<std::unique_ptr<OutputFile>> files;
  for (const Release& release : releases) {
    const fs::path file = file_of(directory, release);
    require_possible_entry(release, file);
    files.push_back(std::make_unique<OutputFile>(file));
    files.back()->write(file_text(release));
  }
  for (const auto& file : files) file->commit();  // a full disk has been noticed by now
}

}  // namespace gostrap
