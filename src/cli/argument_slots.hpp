// The words that are no options, as a verb's usage has them: "PORT…|PATTERN…|--all [OPTIONS]". How many there
// may be, what completes them and what a manual page says of them all come from that one text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct ArgumentSlot {
  std::vector<std::string> placeholders;  ///< "PORT", "PATTERN"; a word in lower case stands for itself
  bool repeats = false;
};

/// In the order of the usage, which is what follows the verb. What follows -- is a command of somebody
/// else's.
std::vector<ArgumentSlot> argument_slots(std::string_view usage);

/// How many words fit; nothing where there is no limit.
std::optional<std::size_t> most_arguments(const std::vector<ArgumentSlot>& slots);

/// Those that the word behind `before` others can be for.
std::vector<ArgumentSlot> slots_at(const std::vector<ArgumentSlot>& slots, std::size_t before);

}  // namespace gostrap
