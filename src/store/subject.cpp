#include "store/subject.hpp"

#include "store/located.hpp"
#include "support/files.hpp"
#include "support/process.hpp"

namespace gostrap {
namespace {

/// Without what says nothing in it: but behind a link `..` says something.
fs::path named_plainly(const std::string& word) {
  const fs::path typed = fs::absolute(word), normal = typed.lexically_normal();
  std::error_code failed;
  return fs::equivalent(typed, normal, failed) || !fs::exists(typed, failed) ? normal : typed;
}

bool is_in_nix_store(const std::string& tree) {
  const std::optional<std::string> builders = environment_value("NIX_STORE");
  return tree.starts_with("/nix/store/") || (builders && tree.starts_with(*builders + "/"));
}

}  // namespace

Subject subject_of(const std::string& word, const Store& store) {
  Subject subject;
  subject.named = named_plainly(word);
  subject.tree = locate(store, word).tree;
  subject.entry = entry_at(store, word);
  if (subject.entry) {
    if (subject.entry->is_strangers()) subject.whence = subject.entry->whence();
    return subject;
  }
  if (is_in_nix_store(subject.tree.string())) return subject;
  const auto beside = known_entry_at(store, word);
  subject.whence = beside ? beside->whence() : "nobody here knows where it comes from";
  return subject;
}

}  // namespace gostrap
