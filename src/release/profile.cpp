#include "release/profile.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/strings.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace gostrap {
namespace {

constexpr std::size_t longest_suffix = 80;  // entry names are file names, and stand in messages

/// "GOAMD64=…": where the name of a variable ends; nothing where the text does not begin with one.
std::optional<std::size_t> name_end(const std::string& text) {
  const std::size_t end = text.find('=');
  if (end == std::string::npos || end == 0 || text[0] < 'A' || text[0] > 'Z') return std::nullopt;
  const std::string name = text.substr(0, end);
  const bool plain = name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos;
  return plain ? std::optional(end) : std::nullopt;
}

/// Values stand in go.env, in Go source, in file names and on terminals.
bool is_plain_value(const std::string& value) {
  return !value.empty() && value.size() <= 200 &&
         value.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,=+-_") ==
             std::string::npos;
}

void put(Profile& profile, const std::string& name, const std::string& value) {
  const Setting* const setting = find_setting(name);
  const bool compiling = setting == nullptr || setting->kind == SettingKind::compiling;
  (compiling ? profile.settings : profile.defaults)[name] = value;
}

/// What is asked for, with the last value of each.
std::map<std::string, std::string> last_values(const ProfileRequest& request) {
  std::map<std::string, std::string> values;
  for (const auto& [name, value] : request.values) values[name] = value;
  return values;
}

/// A port of the release whose programs a setting is for.
std::vector<Port> any_port_of(const std::string& name, const Release& release) {
  const Setting* const setting = find_setting(name);
  for (const Port& port : release.ports) {
    if (setting != nullptr &&
        std::count(setting->architectures.begin(), setting->architectures.end(), port.goarch) > 0)
      return {port};
  }
  return {own_port()};
}

std::optional<Refusal> why_not_baked(const std::string& name, const std::string& value) {
  const Setting* const setting = find_setting(name);
  if (setting == nullptr || setting->kind != SettingKind::compiling || setting->baked) return std::nullopt;
  return Refusal{"", name + "=" + value + " with --bake", "make.bash bakes no " + name,
                 "Without --bake it is bound in go.env.", ""};
}

std::optional<Refusal> why_not_together(const std::map<std::string, std::string>& values) {
  const auto fips = values.find("GOFIPS140");
  const auto experiments = values.find("GOEXPERIMENT");
  if (fips == values.end() || experiments == values.end() || fips->second == "off") return std::nullopt;
  if (("," + experiments->second + ",").find(",boringcrypto,") == std::string::npos) return std::nullopt;
  return Refusal{"", "GOFIPS140=" + fips->second + " with GOEXPERIMENT=boringcrypto",
                 "cmd/go refuses the two together", "Take one of them.", std::nullopt};
}

}  // namespace

Profile Profile::of_host() const {
  Profile host;
  if (baked) host.settings = settings;
  host.baked = baked;
  host.patches = patches;
  return host;
}

Profile Profile::of_sdk() const {
  Profile sdk;
  if (!baked) sdk.settings = settings;
  sdk.defaults = defaults;
  sdk.c = c;
  return sdk;
}

std::string Profile::text() const {
  std::string text;
  for (const auto* const values : {&settings, &defaults}) {
    for (const auto& [name, value] : *values) append(text, " ", name + "=" + value);
  }
  if (baked) text += ", baked";
  if (!patches.empty()) append(text, ", ", counted(patches.size(), "patch", "patches"));
  if (c) append(text, ", ", "C by " + c->text());
  return text;
}

std::string Profile::suffix() const {
  std::string suffix;
  for (const auto* const values : {&settings, &defaults}) {
    for (const auto& [name, value] : *values) suffix += "-" + name + "-" + value;
  }
  // a path with "=" in it is a variable to env(1) and sudo, and Nix has no "," in names
  std::replace(suffix.begin(), suffix.end(), '=', '-');
  std::replace(suffix.begin(), suffix.end(), ',', '+');
  if (baked) suffix += "-baked";
  if (!patches.empty()) {
    std::string all;
    for (const Digest& patch : patches) all += hex(patch);
    suffix += "-patched-" + hex(sha256(all)).substr(0, 8);
  }
  if (suffix.size() > longest_suffix) suffix = "-profile-" + hex(sha256(suffix)).substr(0, 12);
  if (c) suffix += std::string("-cgo") + (c->is_static ? "-static-" : "-") + c->identity().substr(0, 8);
  return suffix;
}

Json to_json(const Profile& profile) {
  Json json = Json::object();
  for (const auto& [name, value] : profile.settings) json[name] = value;
  for (const auto& [name, value] : profile.defaults) json[name] = value;
  if (profile.baked) json["bake"] = true;
  for (const Digest& patch : profile.patches) json["patches"].push_back(hex(patch));
  if (profile.c) json["c"] = to_json(*profile.c);
  return json;
}

Profile profile_from_json(const JsonView& json) {
  Profile profile;
  for (const auto& [name, value] : json.members()) {
    if (name == "bake") {
      profile.baked = value.truth();
    } else if (name == "c") {
      profile.c = c_compiler_from_json(value);
    } else if (name == "patches") {
      for (const JsonView& patch : value.items()) {
        const std::optional<Digest> digest = digest_in_hex(patch.string());
        if (!digest) patch.refuse("it should be a SHA-256 in hexadecimal");
        profile.patches.push_back(*digest);
      }
    } else {
      if (find_setting(name) == nullptr) value.refuse("a profile has no \"" + name + "\"");
      if (!is_plain_value(value.string())) value.refuse("that is no value of " + name);
      put(profile, name, value.string());
    }
  }
  return profile;
}

void read_profile_word(const std::string& word, ProfileRequest& request) {
  if (!name_end(word)) {
    if (!word.empty() && fs::exists(word)) return read_profile_file(word, request);
    throw UsageError("--profile \"" + word + "\" is neither NAME=VALUE nor a file",
                     "Such as --profile GOAMD64=v3, or --profile profile.json.");
  }
  for (const std::string& part : split(word, ",").copied()) {
    if (const auto equals = name_end(part)) {
      request.values.emplace_back(part.substr(0, *equals), part.substr(*equals + 1));
    } else {
      request.values.back().second += "," + part;
    }
  }
}

void read_profile_file(const fs::path& file, ProfileRequest& request) {
  constexpr std::size_t largest = std::size_t{1} << 20U;
  const JsonDocument document(read_file(file, largest), file.string());
  const JsonView view = document.view();
  for (const auto& [name, value] : view.members()) {
    if (name == "bake") {
      request.bake = request.bake || value.truth();
    } else if (name == "patches") {
      for (const JsonView& patch : value.items())
        request.patches.push_back(file.parent_path() / patch.string());
    } else {
      if (find_setting(name) == nullptr) {
        const Refusal refusal = *why_not_set(name, "", {}, {});
        value.refuse(refusal.reason + ". " + refusal.next);
      }
      // 200 says the same as "200", as it does in Nix
      const bool number = value.raw().is_number_integer();
      request.values.emplace_back(name, number ? value.raw().dump() : value.string());
    }
  }
}

Profile checked_profile(const ProfileRequest& request, const Release& release, const std::vector<Port>& ports,
                        const KnownNames* names, std::vector<std::string>& notes) {
  const bool fallback = request.fallback;
  std::map<std::string, std::string> values = last_values(request);
  const auto settle = [&](const std::string& name, std::string& value, const Refusal& refusal) {
    if (!fallback || !refusal.instead) {
      std::string can;
      if (!fallback && refusal.instead)
        can = refusal.instead->empty() ? " --fallback leaves it out there." : " --fallback takes that.";
      throw UsageError(refusal.text(), refusal.next + can);
    }
    value = *refusal.instead;
    notes.push_back(refusal.text() + ". " +
                    (value.empty() ? name + " is left out." : "Taken: " + name + "=" + value + "."));
  };
  for (auto& [name, value] : values) {
    for (const Port& port : ports.empty() ? any_port_of(name, release) : ports) {
      // what was taken instead for one port may not do for the next
      for (int again = 0; again < 3 && !value.empty(); ++again) {
        const std::optional<Refusal> refusal = why_not_set(name, value, port, release.version, names);
        if (!refusal) break;
        settle(name, value, *refusal);
      }
    }
    if (value.empty() && !fallback)
      throw UsageError(name + " of the profile has no value", "Leave it out for what Go has without it.");
    if (!value.empty() && request.bake) {
      if (const auto refusal = why_not_baked(name, value)) settle(name, value, *refusal);
    }
    if (!value.empty() && !is_plain_value(value))
      throw UsageError("\"" + value + "\" is no value of " + name);
  }
  if (const auto refusal = why_not_together(values)) throw refusal->error();
  Profile profile;
  for (const auto& [name, value] : values) {
    if (!value.empty()) put(profile, name, value);
  }
  profile.baked = request.bake;
  if (profile.baked && profile.settings.empty() && fallback && !values.empty()) {
    profile.baked = false;
    notes.push_back("nothing is left to bake" +
                    (ports.size() == 1 ? " for " + ports.front().text() : std::string()) + ".");
  }
  if (profile.baked && profile.settings.empty()) {
    throw UsageError("--bake has nothing to bake: the profile sets nothing that make.bash reads",
                     "Such as --profile GOAMD64=v3 --bake.");
  }
  return profile;
}

void require_names(const Profile& profile, const Release& release, const Port& port,
                   const KnownNames& names) {
  for (const auto* const values : {&profile.settings, &profile.defaults}) {
    for (const auto& [name, value] : *values) {
      if (const auto refusal = why_not_set(name, value, port, release.version, &names))
        throw refusal->error();
    }
  }
}

}  // namespace gostrap
