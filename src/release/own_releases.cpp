#include "release/own_releases.hpp"

#include "support/files.hpp"
#include "support/lock.hpp"
#include "support/output_file.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {

void add_own_releases(const fs::path& file, const std::vector<Release>& added) {
  make_directories(fs::absolute(file).parent_path());
  const FileLock lock = FileLock::of_directory(fs::absolute(file).parent_path(), {});
  Json json = fs::exists(file) ? read_json(file) : Json::object();
  if (!json.contains("releases")) json["releases"] = Json::object();
  for (const Release& release : added) json["releases"][release.version.text()] = to_json(release);
  Releases::parse(json.dump(), file.string());
  write_output(file, to_text(json));
}

void require_possible_entry(const Release& release, const fs::path& file) {
  Json json = Json::object();
  json["releases"][release.version.text()] = to_json(release);
  Releases::parse(json.dump(), file.string());
}

}  // namespace gostrap
