#include "cli/release_port.hpp"

#include "cli/common_words.hpp"
#include "release/feature.hpp"
#include "release/setting.hpp"
#include "support/strings.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace gostrap {
namespace {

bool is_for(const Setting& setting, const Port& port, const Version& version) {
  const auto& of = setting.architectures;
  return version.minor >= setting.since &&
         (of.empty() || std::find(of.begin(), of.end(), port.goarch) != of.end());
}

std::vector<std::string> values_of(const Setting& setting, const Version& version) {
  if (std::string(setting.name) != "GOEXPERIMENT") return setting_values(setting.name, version);
  const auto names = known_experiments(version);
  return names ? std::vector<std::string>(names->begin(), names->end()) : std::vector<std::string>{};
}

}  // namespace

void show_port(const ReleasePort& at, bool as_json) {
  const Release& release = at.release();
  const Port& port = at.port();
  Json json = Json::object();
  json["release"] = release.version.text();
  json["port"] = port.text();
  json["settings"] = Json::object();
  json["features"] = Json::object();
  json["withC"] = Json::array();
  std::string text = release.name() + " " + port.text() + "\n";
  for (const Setting& setting : settings()) {
    if (!is_for(setting, port, release.version)) continue;
    const std::vector<std::string> values = values_of(setting, release.version);
    const std::vector<std::string> suffixes = setting_suffixes(setting.name, release.version);
    Json each = Json::object();
    each["values"] = values;
    each["suffixes"] = suffixes;
    each["baked"] = setting.baked;
    each["runtimeDefault"] = setting.kind == SettingKind::runtime_default;
    json["settings"][setting.name] = std::move(each);
    std::string name = setting.name;
    name.resize(14, ' ');
    text += "  " + name +
            (setting.kind == SettingKind::runtime_default ? "compiled in as a default" : join(values, " "));
    if (!suffixes.empty()) text += ", then: " + join(suffixes, " ");
    text += "\n";
  }
  for (const Feature feature : all_features()) {
    const std::optional<Refusal> refusal = why_not(port, feature, release);
    const bool with_c = !refusal && needs_c(port, feature, release.version);
    json["features"][gostrap::text(feature)] = !refusal;
    if (with_c) json["withC"].push_back(gostrap::text(feature));
    std::string name = gostrap::text(feature);
    name.resize(14, ' ');
    text += "  " + name +
            (refusal  ? "no: " + refusal->next
             : with_c ? "with a C toolchain for the port"
                      : "yes") +
            "\n";
  }
  if (as_json) return print_json(json);
  std::cout << text;
}

}  // namespace gostrap
