#include "sdk/use.hpp"

#include <algorithm>
#include <array>

namespace gostrap {
namespace {

constexpr std::array misleading{"GOROOT", "GOTOOLDIR"};
constexpr const char* caches = "gostrap/go-build";  // below XDG_CACHE_HOME

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

}  // namespace

Environment sdk_environment(const std::filesystem::path& output, Environment environment,
                            const std::filesystem::path& cache) {
  std::string path = (output / "bin").string();
  for (const auto& [name, value] : environment) {
    if (name == "PATH" && !value.empty()) path += ":" + value;
  }
  const auto leads_astray = [](const auto& variable) {
    return std::find(misleading.begin(), misleading.end(), variable.first) != misleading.end();
  };
  environment.erase(std::remove_if(environment.begin(), environment.end(), leads_astray), environment.end());
  Environment changes{{"PATH", path}, {"GOTOOLCHAIN", "local"}};
  const auto is_users = [](const auto& variable) {
    return variable.first == "GOCACHE" && !variable.second.empty() &&
           variable.second.find(caches) == std::string::npos;
  };
  if (!cache.empty() && std::none_of(environment.begin(), environment.end(), is_users))
    changes.emplace_back("GOCACHE", cache.string());
  return with(std::move(environment), changes);
}

std::string sdk_shell_lines(const std::filesystem::path& output, const std::filesystem::path& cache) {
  std::string lines = "export PATH=" + quoted((output / "bin").string()) + "\"${PATH:+:$PATH}\"\n";
  lines += "export GOTOOLCHAIN=local\n";
  for (const char* name : misleading) lines += std::string("unset ") + name + "\n";
  if (!cache.empty()) {
    lines += std::string("case \"${GOCACHE-}\" in '' | *") + caches +
             "*) export GOCACHE=" + quoted(cache.string()) + " ;; esac\n";
  }
  return lines;
}

std::filesystem::path sdk_cache(const std::filesystem::path& output, const Profile& profile) {
  if (profile.empty()) return {};
  const std::optional<std::string> set = environment_value("XDG_CACHE_HOME");
  const std::filesystem::path base =
      set ? std::filesystem::path(*set)
          : std::filesystem::path(environment_value("HOME").value_or("/")) / ".cache";
  return base / caches / output.filename();
}

}  // namespace gostrap
