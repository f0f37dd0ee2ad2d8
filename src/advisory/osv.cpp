#include "advisory/osv.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace gostrap {
namespace {

// More than any advisory has; a file with more is refused.
constexpr std::size_t most_items = 10'000;
constexpr std::size_t longest_name = 1000;
constexpr std::size_t longest_summary = 4000;

std::string short_string(const JsonView& json, std::size_t longest = longest_name) {
  std::string text = json.string();
  if (text.size() > longest) json.refuse("it is longer than " + std::to_string(longest) + " bytes");
  return text;
}

std::vector<JsonView> few_items(const JsonView& json) {
  std::vector<JsonView> items = json.items();
  if (items.size() > most_items) json.refuse("there are more than " + std::to_string(most_items));
  return items;
}

std::string id_in(const JsonView& json) {
  std::string id = short_string(json, 100);
  constexpr const char* of_ids = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:";
  if (id.empty() || id.find_first_not_of(of_ids) != std::string::npos) json.refuse("it is no ID");
  return id;
}

RangeEvent event_in(const JsonView& json, const std::string& name, const JsonView& value) {
  RangeEvent event;
  event.kind = name == "introduced" ? RangeEvent::Kind::introduced
               : name == "fixed"    ? RangeEvent::Kind::fixed
                                    : RangeEvent::Kind::last_affected;
  event.text = short_string(value);
  if (event.kind == RangeEvent::Kind::introduced && event.text == "0") return event;
  event.version = parse_semver(event.text);
  if (!event.version) json.refuse("\"" + event.text + "\" is no semantic version");
  return event;
}

std::vector<RangeEvent> range_in(const JsonView& json) {
  std::vector<RangeEvent> events;
  for (const JsonView& each : few_items(json.at("events"))) {
    for (const auto& [name, value] : each.members()) {
      // "limit" bounds what of a git history is looked at
      if (name == "limit") continue;
      if (name != "introduced" && name != "fixed" && name != "last_affected")
        each.refuse("\"" + name + "\" is no event");
      events.push_back(event_in(each, name, value));
    }
  }
  if (events.empty()) json.refuse("it has no events");
  std::stable_sort(events.begin(), events.end(), [](const RangeEvent& a, const RangeEvent& b) {
    if (!a.version || !b.version) return !a.version && b.version;
    return *a.version < *b.version;
  });
  return events;
}

std::vector<std::string> words_in(const JsonView& json, const std::string& name) {
  std::vector<std::string> words;
  if (!json.has(name)) return words;
  for (const JsonView& each : few_items(json.at(name))) words.push_back(short_string(each));
  return words;
}

std::vector<AffectedModule::Import> imports_in(const JsonView& json) {
  std::vector<AffectedModule::Import> imports;
  if (!json.has("ecosystem_specific") || !json.at("ecosystem_specific").has("imports")) return imports;
  for (const JsonView& each : few_items(json.at("ecosystem_specific").at("imports"))) {
    imports.push_back({each.has("path") ? short_string(each.at("path")) : "", words_in(each, "goos"),
                       words_in(each, "goarch")});
  }
  return imports;
}

/// Nothing of what is in another language.
std::optional<AffectedModule> affected_in(const JsonView& json) {
  const JsonView package = json.at("package");
  if (package.string("ecosystem") != "Go") return std::nullopt;
  AffectedModule affected;
  affected.module = short_string(package.at("name"));
  if (json.has("ranges")) {
    for (const JsonView& range : few_items(json.at("ranges"))) {
      if (range.string("type") == "SEMVER") affected.ranges.push_back(range_in(range));
    }
  }
  for (const std::string& each : words_in(json, "versions")) {
    const std::optional<Semver> version = parse_semver(each);
    if (!version) json.at("versions").refuse("\"" + each + "\" is no semantic version");
    affected.versions.push_back(*version);
  }
  // so does govulncheck read it
  affected.all = affected.ranges.empty() && affected.versions.empty();
  affected.imports = imports_in(json);
  return affected;
}

bool is_about(const AffectedModule& affected, const Port& port) {
  const auto has = [](const std::vector<std::string>& words, const std::string& word) {
    return words.empty() || word.empty() || std::find(words.begin(), words.end(), word) != words.end();
  };
  return affected.imports.empty() ||
         std::any_of(affected.imports.begin(), affected.imports.end(), [&](const auto& each) {
           return has(each.goos, port.goos) && has(each.goarch, port.goarch);
         });
}

/// What the last event at or before the version says.
std::optional<Affected> in_range(const std::vector<RangeEvent>& events, const Semver& version) {
  bool affected = false;
  for (const RangeEvent& event : events) {
    if (event.version && *event.version > version)
      return affected ? std::optional(Affected{event.kind == RangeEvent::Kind::fixed ? event.text : ""})
                      : std::nullopt;
    const bool beyond = event.kind != RangeEvent::Kind::last_affected || *event.version < version;
    if (event.kind == RangeEvent::Kind::introduced)
      affected = true;
    else if (beyond)
      affected = false;
  }
  return affected ? std::optional(Affected{}) : std::nullopt;
}

}  // namespace

Advisory advisory_from_json(const JsonView& json) {
  Advisory advisory;
  advisory.id = id_in(json.at("id"));
  advisory.withdrawn = json.has("withdrawn") && !json.at("withdrawn").raw().is_null();
  if (json.has("aliases")) {
    for (const JsonView& each : few_items(json.at("aliases"))) {
      std::string alias = id_in(each);
      if (std::find(advisory.aliases.begin(), advisory.aliases.end(), alias) == advisory.aliases.end())
        advisory.aliases.push_back(std::move(alias));
    }
  }
  if (json.has("summary")) advisory.summary = short_string(json.at("summary"), longest_summary);
  if (json.has("database_specific") && json.at("database_specific").has("url"))
    advisory.url = short_string(json.at("database_specific").at("url"));
  if (json.has("affected")) {
    for (const JsonView& each : few_items(json.at("affected"))) {
      if (auto affected = affected_in(each)) advisory.affected.push_back(std::move(*affected));
    }
  }
  return advisory;
}

std::optional<Affected> is_affected(const Advisory& advisory, const std::string& module,
                                    const Semver& version, const std::optional<Port>& port) {
  if (advisory.withdrawn) return std::nullopt;
  std::optional<Affected> found;
  for (const AffectedModule& each : advisory.affected) {
    if (each.module != module || (port && !is_about(each, *port))) continue;
    const bool listed = std::find(each.versions.begin(), each.versions.end(), version) != each.versions.end();
    if (each.all || listed) return Affected{};
    for (const auto& range : each.ranges) {
      const std::optional<Affected> here = in_range(range, version);
      if (!here) continue;
      // where several say so, all of them have to be over
      const std::optional<Semver> before = found ? parse_semver(found->fixed) : std::nullopt;
      const std::optional<Semver> now = parse_semver(here->fixed);
      if (!found || !now || (before && *now > *before)) found = here;
      if (!now) return found;
    }
  }
  return found;
}

}  // namespace gostrap
