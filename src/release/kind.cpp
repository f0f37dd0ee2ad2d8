#include "release/kind.hpp"

#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {

const KindFacts& facts_of(Kind kind) {
  return *std::find_if(kind_table.begin(), kind_table.end(),
                       [&](const KindFacts& each) { return each.kind == kind; });
}

std::string text(Kind kind) {
  return std::string(facts_of(kind).word);
}

bool has_port(Kind kind) {
  return facts_of(kind).has_port;
}

bool is_cross(Kind kind) {
  return facts_of(kind).cross;
}

std::optional<Kind> kind_called(std::string_view word) {
  const auto found = std::find_if(kind_table.begin(), kind_table.end(),
                                  [&](const KindFacts& each) { return each.word == word; });
  return found != kind_table.end() ? std::optional(found->kind) : std::nullopt;
}

std::string all_kinds() {
  return join(kind_table, ", ", &KindFacts::word);
}

}  // namespace gostrap
