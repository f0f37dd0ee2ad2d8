#include "compile/named_roots.hpp"

#include "support/error.hpp"

#include <algorithm>

namespace gostrap {
namespace {

bool is_below(const std::string& path, const std::string& root) {
  return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

}  // namespace

void NamedRoots::add(const std::string& name, const std::filesystem::path& directory) {
  roots_.emplace_back(name, directory.string());
}

void NamedRoots::reach_by(const std::string& name, const std::filesystem::path& place) {
  places_[name] = place.string();
}

const std::pair<std::string, std::string>* NamedRoots::root_of(const std::string& path) const {
  const std::pair<std::string, std::string>* best = nullptr;
  for (const auto& root : roots_) {
    if (is_below(path, root.second) && (best == nullptr || root.second.size() > best->second.size()))
      best = &root;
  }
  return best;
}

std::string NamedRoots::symbolic(const std::string& path) const {
  const auto* root = root_of(path);
  if (root == nullptr) return literal(path);
  return "${" + root->first + "}" + literal(path.substr(root->second.size()));
}

std::string NamedRoots::actual(const std::string& text) const {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '$') {
      result += text[at];
      continue;
    }
    if (text.compare(at, 2, "$$") == 0) {
      result += '$';
      ++at;
      continue;
    }
    const std::size_t end = text.find('}', at);
    const std::string name =
        text.compare(at, 2, "${") == 0 && end != std::string::npos ? text.substr(at + 2, end - at - 2) : "";
    const auto root =
        std::find_if(roots_.begin(), roots_.end(), [&](const auto& each) { return each.first == name; });
    if (root == roots_.end()) throw Error("understand " + text, "there is no root called \"" + name + "\"");
    const auto place = places_.find(name);
    result += place == places_.end() ? root->second : place->second;
    at = end;
  }
  return result;
}

std::string literal(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '$' ? std::string("$$") : std::string(1, c);
  return result;
}

}  // namespace gostrap
