#include "sdk/use.hpp"

#include "release/setting.hpp"
#include "sdk/bent.hpp"
#include "sdk/launcher.hpp"
#include "support/directories.hpp"
#include "support/shell_words.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <array>

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

std::string sdk_shell_lines(const std::filesystem::path& output, const std::filesystem::path& cache,
                            const Environment& defaults, const Environment& environment) {
  std::string lines = "export PATH=" + shell_quoted((output / "bin").string()) + "\"${PATH:+:$PATH}\"\n";
  lines += "export GOTOOLCHAIN=local\n";
  for (const char* name : misleading) lines += std::string("unset ") + name + "\n";
  if (!defaults.empty()) {
    // what an earlier `gostrap env` has set in that shell is no choice of the user's
    const std::string note = std::string("\" ${") + defaults_variable + "-} \"";
    const auto take_back = [&](const std::string& name) {
      return "case " + note + " in *\" " + name + "=${" + name + "-} \"*) unset " + name + " ;; esac\n";
    };
    lines += "case " + note + " in *\" GOOS=${GOOS-} GOARCH=${GOARCH-} \"*) unset GOOS GOARCH ;; esac\n";
    for (const auto& [name, value] : environment) {
      const Setting* const setting = find_setting(name);
      if (setting == nullptr || setting->kind != SettingKind::compiling) continue;
      lines += take_back(name);
    }
    lines += take_back(cache_program_variable);
    for (const auto& [name, value] : defaults)
      lines += "[ -n \"${" + name + "-}\" ] || export " + name + "=" + shell_quoted(value) + "\n";
    lines += std::string("export ") + defaults_variable + "=" + shell_quoted(note_of(defaults)) + "\n";
  }
  if (cache.empty() && !defaults.empty())
    lines += std::string("case \"${GOCACHE-}\" in *") + caches + "*) unset GOCACHE ;; esac\n";
  if (!cache.empty()) {
    lines += std::string("case \"${GOCACHE-}\" in '' | *") + caches +
             "*) export GOCACHE=" + shell_quoted(cache.string()) + " ;; esac\n";
  }
  return lines;
}

std::filesystem::path sdk_cache(const std::filesystem::path& output, const Profile& profile) {
  if (profile.empty()) return {};
  const auto base = base_directory(BaseDirectory::cache);
  return base ? *base / caches / output.filename() : std::filesystem::path();
}

}  // namespace gostrap
