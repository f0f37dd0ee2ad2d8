#include "cli/release_news.hpp"

#include "cli/table.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string archives(std::size_t number) {
  return std::to_string(number) + (number == 1 ? " archive" : " archives");
}

/// What a release has that it had not.
std::string more_than(const Release& before, const Release& completed) {
  std::string more;
  const auto add = [&](const std::string& what) { more += (more.empty() ? "" : ", ") + what; };
  const std::size_t number = completed.archives.size() - before.archives.size();
  if (number > 0) add(archives(number) + " more");
  if (before.commit.empty() && !completed.commit.empty()) add("its commit");
  if (!before.source_archive) add("its source archive's checksum");
  return more;
}

Rows rows_of(const ReleaseNews& news, const Releases& known) {
  Rows rows;
  for (const Release& each : news.added)
    rows.push_back({"new", each.name(), short_pin(each), archives(each.archives.size())});
  for (const Release& each : news.completed)
    rows.push_back({"completed", each.name(), short_pin(each), more_than(*known.find(each.version), each)});
  for (const Version& each : news.of_new_lines)
    rows.push_back({"new line", "go" + each.text(),
                    "what it needs is in its source: gostrap release add " + each.text()});
  return rows;
}

/// Apart from the others: names of files are long.
Rows rows_of(const std::vector<ReleaseNews::Disagreement>& disagreements) {
  Rows rows;
  for (const auto& each : disagreements)
    rows.push_back({"differs", on_one_line(each.what), "here " + each.ours + ", upstream " + each.theirs});
  return rows;
}

}  // namespace

std::vector<Release> ToldNews::taken() const {
  std::vector<Release> all = news.added;
  all.insert(all.end(), news.completed.begin(), news.completed.end());
  return all;
}

void tell_missing_tags(const ToldNews& told) {
  for (const Release& each : told.news.added) {
    if (!each.commit.empty() || each.source) continue;
    std::cerr << each.name() << " is pinned by its archive alone: "
              << (told.tags.origin.empty() ? "nobody was there to tell what its tag is on"
                                           : on_one_line(told.tags.origin) + " has no tag " + each.tag)
              << "\n";
  }
}

void print(const ToldNews& told, const Releases& known) {
  for (const std::string& each : told.left_out) std::cerr << "left out: " << on_one_line(each) << "\n";
  tell_missing_tags(told);
  std::cout << in_columns(rows_of(told.news, known)) << in_columns(rows_of(told.news.disagreements));
  if (told.news.empty()) std::cout << "There is nothing new.\n";
}

Json to_json(const ToldNews& told) {
  Json json = Json::object();
  const auto list = [](const std::vector<Release>& releases) {
    Json all = Json::object();
    for (const Release& release : releases) all[release.version.text()] = gostrap::to_json(release);
    return all;
  };
  json["added"] = list(told.news.added);
  json["completed"] = list(told.news.completed);
  json["ofNewLines"] = Json::array();
  for (const Version& version : told.news.of_new_lines) json["ofNewLines"].push_back(version.text());
  json["disagreements"] = Json::array();
  for (const auto& each : told.news.disagreements)
    json["disagreements"].push_back({{"what", each.what}, {"here", each.ours}, {"upstream", each.theirs}});
  json["leftOut"] = told.left_out;
  return json;
}

std::string counted_releases(std::size_t number) {
  return std::to_string(number) + (number == 1 ? " release" : " releases");
}

std::string short_pin(const Release& release) {
  if (!release.commit.empty()) return "commit " + release.commit.substr(0, 12);
  return release.source_archive ? "known by its archive" : "known by its NAR hash";
}

}  // namespace gostrap
