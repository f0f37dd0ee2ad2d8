#include "support/directories.hpp"

#include "support/error.hpp"
#include "support/process.hpp"

#include <string>

namespace gostrap {
namespace {

struct Names {
  const char* variable;
  const char* below_home;
};

Names names_of(BaseDirectory which) {
  switch (which) {
    case BaseDirectory::data:
      return {"XDG_DATA_HOME", ".local/share"};
    case BaseDirectory::config:
      return {"XDG_CONFIG_HOME", ".config"};
    case BaseDirectory::cache:
      break;
  }
  return {"XDG_CACHE_HOME", ".cache"};
}

std::optional<std::filesystem::path> absolute_value(const char* variable) {
  const std::optional<std::string> value = environment_value(variable);
  if (!value || value->front() != '/') return std::nullopt;
  return std::filesystem::path(*value);
}

}  // namespace

std::optional<std::filesystem::path> home_directory() {
  return absolute_value("HOME");
}

std::optional<std::filesystem::path> base_directory(BaseDirectory which) {
  const Names names = names_of(which);
  if (auto set = absolute_value(names.variable)) return set;
  if (const auto home = home_directory()) return *home / names.below_home;
  return std::nullopt;
}

std::filesystem::path need_base_directory(BaseDirectory which, const char* what, const char* option) {
  if (auto directory = base_directory(which)) return *directory;
  const std::optional<std::string> home = environment_value("HOME");
  throw Error(std::string("find the place of ") + what,
              home ? "HOME is " + *home + ", which is no absolute path" : "HOME is not set",
              std::string("Set HOME, or name a place: ") + option + ".");
}

}  // namespace gostrap
