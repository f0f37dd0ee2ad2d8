#include "sdk/use.hpp"

#include <algorithm>
#include <array>

namespace gostrap {
namespace {

constexpr std::array misleading{"GOROOT", "GOTOOLDIR"};

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

}  // namespace

Environment sdk_environment(const std::filesystem::path& output, Environment environment) {
  std::string path = (output / "bin").string();
  for (const auto& [name, value] : environment) {
    if (name == "PATH" && !value.empty()) path += ":" + value;
  }
  const auto leads_astray = [](const auto& variable) {
    return std::find(misleading.begin(), misleading.end(), variable.first) != misleading.end();
  };
  environment.erase(std::remove_if(environment.begin(), environment.end(), leads_astray), environment.end());
  return with(std::move(environment), {{"PATH", path}, {"GOTOOLCHAIN", "local"}});
}

std::string sdk_shell_lines(const std::filesystem::path& output) {
  std::string lines = "export PATH=" + quoted((output / "bin").string()) + "\"${PATH:+:$PATH}\"\n";
  lines += "export GOTOOLCHAIN=local\n";
  for (const char* name : misleading) lines += std::string("unset ") + name + "\n";
  return lines;
}

}  // namespace gostrap
