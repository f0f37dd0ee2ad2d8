#include "compile/checked_text.hpp"

#include "support/hash.hpp"

namespace gostrap {
namespace {

std::string check_of(std::string_view name, std::string_view text) {
  Sha256 hash;
  hash.update(name);
  hash.update("\n");
  hash.update(text);
  return hex(hash.finish());
}

}  // namespace

std::string with_check(std::string_view name, std::string_view text) {
  return check_of(name, text) + "\n" + std::string(text);
}

std::optional<std::string> without_check(std::string_view name, std::string_view checked) {
  if (checked.size() < 65 || checked[64] != '\n') return std::nullopt;
  const std::string_view text = checked.substr(65);
  if (checked.substr(0, 64) != check_of(name, text)) return std::nullopt;
  return std::string(text);
}

}  // namespace gostrap
