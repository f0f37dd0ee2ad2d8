#include "program/facts.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {
namespace {

Json raw_json(const ProgramFacts& facts) {
  Json json;
  json["format"] = facts.format;
  json["goos"] = facts.goos;
  json["goarch"] = facts.goarch;
  json["static"] = facts.is_static();
  json["interpreter"] = facts.interpreter;
  json["needed"] = facts.needed;
  if (facts.format == "WebAssembly") json["hostModules"] = facts.host_modules;
  json["pie"] = facts.position_independent;
  json["symbols"] = facts.symbols;
  json["debug"] = facts.debug;
  json["level"] = facts.level();
  json["sections"] = Json::array();
  for (const ProgramSection& section : facts.sections)
    json["sections"].push_back({{"name", section.name}, {"size", section.size}});
  if (!facts.build) {
    json["build"] = nullptr;
    return json;
  }
  Json& build = json["build"];
  build["go"] = facts.build->go_version;
  build["path"] = facts.build->path;
  build["settings"] = Json::object();
  for (const auto& [key, value] : facts.build->settings) build["settings"][key] = value;
  build["text"] = text(*facts.build);
  return json;
}

}  // namespace

std::string ProgramFacts::level() const {
  if (!build) return {};
  for (const char* name :
       {"GOAMD64", "GOARM64", "GORISCV64", "GO386", "GOARM", "GOMIPS", "GOMIPS64", "GOPPC64", "GOWASM"}) {
    const std::string value = build->setting(name);
    if (!value.empty()) return std::string(name) + "=" + value;
  }
  return {};
}

Json to_json(const ProgramFacts& facts) {
  // names in a strange file need not be UTF-8, and JSON must be
  return Json::parse(raw_json(facts).dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace gostrap
