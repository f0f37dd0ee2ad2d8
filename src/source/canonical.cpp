#include "source/canonical.hpp"

#include <algorithm>
#include <array>

namespace gostrap {
namespace {

constexpr std::array<std::string_view, 4> left_out = {".git", ".gitattributes", ".github", ".gitignore"};
constexpr std::array<std::string_view, 4> script_endings = {".bash", ".sh", ".pl", ".rc"};

/// path.Match("go_?*_?*_exec", name)
bool is_exec_wrapper(std::string_view name) {
  constexpr std::string_view before = "go_";
  constexpr std::string_view after = "_exec";
  if (!name.starts_with(before) || !name.ends_with(after)) return false;
  if (name.size() < before.size() + 3 + after.size()) return false;
  name.remove_prefix(before.size());
  name.remove_suffix(after.size());
  const std::size_t mark = name.find('_', 1);  // something before it, and something behind it
  return mark != std::string_view::npos && mark + 1 < name.size();
}

}  // namespace

bool is_in_source(std::string_view path) {
  const std::string_view top = path.substr(0, path.find('/'));
  return std::find(left_out.begin(), left_out.end(), top) == left_out.end();
}

bool is_executable_in_source(std::string_view path) {
  // distpack also has bin/ and pkg/tool/, which a source does not hold
  for (const std::string_view ending : script_endings) {
    if (path.ends_with(ending)) return true;
  }
  const std::size_t slash = path.rfind('/');
  return is_exec_wrapper(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

}  // namespace gostrap
