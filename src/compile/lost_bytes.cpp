#include "compile/lost_bytes.hpp"

#include "support/text.hpp"

#include <algorithm>

namespace gostrap {
namespace {

/// As encoding/json writes it.
std::string with_replacements(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    const std::size_t size = std::max<std::size_t>(next.size, 1);
    result += next.size == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, size);
    text.remove_prefix(size);
  }
  return result;
}

std::shared_ptr<const GoModule> restored_module(const std::shared_ptr<const GoModule>& module,
                                                const LostBytes& bytes) {
  if (!module) return module;
  auto changed = std::make_shared<GoModule>(*module);
  changed->directory = bytes.restored(module->directory);
  changed->replacement = restored_module(module->replacement, bytes);
  return changed;
}

}  // namespace

LostBytes::LostBytes(const std::vector<std::string>& directories) {
  for (std::string directory : directories) {
    while (!is_utf8(directory)) {
      known_.emplace_back(with_replacements(directory), directory);
      directory.resize(std::min(directory.rfind('/'), directory.size() - 1));
    }
  }
  std::sort(known_.begin(), known_.end(),
            [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

std::string LostBytes::restored(const std::string& path) const {
  for (const auto& [lost, real] : known_) {
    const bool below = path.starts_with(lost) && (path.size() == lost.size() || path[lost.size()] == '/');
    if (below) return real + path.substr(lost.size());
  }
  return path;
}

void LostBytes::restore(ProgramAnswer& answer) const {
  if (known_.empty()) return;
  for (auto& [name, value] : answer.go_env) value = restored(value);
  for (GoPackage& package : answer.packages) {
    package.directory = restored(package.directory);
    package.module = restored_module(package.module, *this);
  }
}

}  // namespace gostrap
