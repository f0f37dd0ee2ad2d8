// Paths that do not depend on where things lie: "${SDK}/src/fmt/print.go". A command in that form is what a
// step's key is made of, what a contract records, and what can be replayed elsewhere.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace gostrap {

class NamedRoots {
 public:
  /// `name` is an identifier of the shell, `directory` an absolute path without a slash at its end.
  void add(const std::string& name, const std::filesystem::path& directory);
  const std::vector<std::pair<std::string, std::string>>& all() const { return roots_; }
  /// From now on actual() leads to `place`, which is another name of the same directory.
  void reach_by(const std::string& name, const std::filesystem::path& place);
  /// True when the path lies below a root, or is one.
  bool cover(const std::string& path) const { return root_of(path) != nullptr; }

  /// "/x/go/src/a.go" becomes "${SDK}/src/a.go", by the longest root that fits; what lies elsewhere stays.
  std::string symbolic(const std::string& path) const;
  /// The text with every ${NAME} replaced by its directory, and "$$" by "$". Throws for names that are none.
  std::string actual(const std::string& text) const;

 private:
  const std::pair<std::string, std::string>* root_of(const std::string& path) const;

  std::vector<std::pair<std::string, std::string>> roots_;
  std::map<std::string, std::string> places_;  ///< where actual() leads instead
};

/// Text that holds no root, with its dollars protected from actual().
std::string literal(const std::string& text);

}  // namespace gostrap
