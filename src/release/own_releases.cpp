#include "release/own_releases.hpp"

#include "support/files.hpp"
#include "support/lock.hpp"
#include "support/output_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

namespace gostrap {

namespace {

void change(const fs::path& file, const std::function<void(Json&)>& edit) {
  make_directories(fs::absolute(file).parent_path());
  const FileLock lock = FileLock::of_directory(fs::absolute(file).parent_path(), {});
  Json json = fs::exists(file) ? read_json(file) : Json::object();
  if (!json.contains("releases")) json["releases"] = Json::object();
  edit(json["releases"]);
  Releases::parse(json.dump(), file.string());
  write_output(file, to_text(json));
}

/// An entry in place of another one, of which it keeps what is not gostrap's.
Json with_remarks(Json entry, const Json& before) {
  constexpr std::array<std::string_view, 8> ours = {"tag",       "commit",  "source", "sourceArchive",
                                                    "bootstrap", "origins", "ports",  "archives"};
  if (!before.is_object()) return entry;
  for (const auto& [key, value] : before.items()) {
    if (std::find(ours.begin(), ours.end(), key) == ours.end()) entry[key] = value;
  }
  return entry;
}

}  // namespace

void add_own_releases(const fs::path& file, const std::vector<Release>& added) {
  change(file, [&](Json& entries) {
    for (const Release& release : added) {
      Json& entry = entries[release.version.text()];
      entry = with_remarks(to_json(release), entry);
    }
  });
}

void add_seen_source(const fs::path& file, const Version& version, const Digest& nar) {
  change(file, [&](Json& entries) { entries[version.text()]["source"] = sri(nar); });
}

void require_possible_entry(const Release& release, const fs::path& file) {
  Json json = Json::object();
  json["releases"][release.version.text()] = to_json(release);
  Releases::parse(json.dump(), file.string());
}

}  // namespace gostrap
