#include "sdk/use.hpp"

#include "release/setting.hpp"
#include "sdk/bent.hpp"
#include "sdk/embedded.hpp"
#include "sdk/launcher.hpp"
#include "sdk/shell_lines.hpp"
#include "support/directories.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <array>
#include <memory>

namespace gostrap {
namespace {

constexpr std::array misleading{"GOROOT", "GOTOOLDIR"};
constexpr const char* caches = "gostrap/go-build";  // below XDG_CACHE_HOME

std::string note_of(const Environment& defaults) {
  return join(defaults, " ", [](const auto& each) { return each.first + "=" + each.second; });
}

}  // namespace

Environment sdk_defaults(const Manifest& sdk) {
  Environment defaults{{"GOOS", sdk.port.goos}, {"GOARCH", sdk.port.goarch}};
  for (const auto& [name, value] : sdk.profile.of_sdk().settings) defaults.emplace_back(name, value);
  return defaults;
}

Environment sdk_environment(const std::filesystem::path& output, Environment environment,
                            const std::filesystem::path& cache, const Environment& defaults) {
  environment = without_defaults(std::move(environment));
  std::string path = (output / "bin").string();
  for (const auto& [name, value] : environment) {
    if (name == "PATH" && !value.empty()) path += ":" + value;
  }
  const auto leads_astray = [](const auto& variable) {
    return std::find(misleading.begin(), misleading.end(), variable.first) != misleading.end();
  };
  environment.erase(std::remove_if(environment.begin(), environment.end(), leads_astray), environment.end());
  Environment changes{{"PATH", path}, {"GOTOOLCHAIN", "local"}};
  for (const auto& each : defaults) {
    const bool is_users = std::any_of(environment.begin(), environment.end(), [&](const auto& variable) {
      return variable.first == each.first && !variable.second.empty();
    });
    if (!is_users) changes.push_back(each);
  }
  if (!defaults.empty()) changes.emplace_back(defaults_variable, note_of(defaults));
  const auto is_users = [](const auto& variable) {
    return variable.first == "GOCACHE" && !variable.second.empty() &&
           variable.second.find(caches) == std::string::npos;
  };
  const bool has_cache = std::any_of(environment.begin(), environment.end(), is_users);
  if (!cache.empty() && !has_cache) changes.emplace_back("GOCACHE", cache.string());
  if (cache.empty() && !defaults.empty() && !has_cache) {  // that of an SDK with a profile
    environment.erase(std::remove_if(environment.begin(), environment.end(),
                                     [](const auto& variable) { return variable.first == "GOCACHE"; }),
                      environment.end());
  }
  return with(std::move(environment), changes);
}

EnvironmentChange change_of(const Environment& before, const Environment& used) {
  EnvironmentChange change;
  for (const auto& each : used) {
    if (value_in(before, each.first) != each.second) change.set.push_back(each);
  }
  for (const char* const name : misleading) change.unset.emplace_back(name);
  for (const auto& [name, value] : before) {
    const bool said = std::find(change.unset.begin(), change.unset.end(), name) != change.unset.end();
    if (!said && !value_in(used, name)) change.unset.push_back(name);
  }
  return change;
}

std::string sdk_shell_lines(const std::filesystem::path& output, const std::filesystem::path& cache,
                            const Environment& defaults, const Environment& environment, Shell shell) {
  const std::unique_ptr<ShellLines> lines = lines_for(shell);
  lines->path_first((output / "bin").string());
  lines->set("GOTOOLCHAIN", "local");
  for (const char* name : misleading) lines->unset(name);
  if (!defaults.empty()) {
    // what an earlier `gostrap env` has set in that shell is no choice of the user's
    lines->unset_if_noted({"GOOS", "GOARCH"}, defaults_variable);
    for (const auto& [name, value] : environment) {
      const Setting* const setting = find_setting(name);
      if (setting == nullptr || setting->kind != SettingKind::compiling) continue;
      lines->unset_if_noted({name}, defaults_variable);
    }
    lines->unset_if_noted({cache_program_variable}, defaults_variable);
    for (const auto& [name, value] : defaults) lines->set_if_empty(name, value);
    lines->set(defaults_variable, note_of(defaults));
  }
  if (cache.empty() && !defaults.empty()) lines->unset_if_within("GOCACHE", caches);
  if (!cache.empty()) lines->set_if_empty_or_within("GOCACHE", caches, cache.string());
  return lines->text();
}

std::string_view direnv_library() {
  return embedded::use_gostrap_sh;
}

std::filesystem::path sdk_cache(const std::filesystem::path& output, const Profile& profile) {
  if (profile.empty()) return {};
  const auto base = base_directory(BaseDirectory::cache);
  return base ? *base / caches / output.filename() : std::filesystem::path();
}

}  // namespace gostrap
