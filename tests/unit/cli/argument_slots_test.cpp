#include "cli/argument_slots.hpp"

#include "support/strings.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {

/// "PORT|PATTERN… DIR"
std::string told(const std::vector<ArgumentSlot>& slots) {
  return join(slots, " ", [](const ArgumentSlot& slot) {
    return join(slot.placeholders, "|") + (slot.repeats ? "…" : "");
  });
}

std::string slots_of(std::string_view usage) {
  return told(argument_slots(usage));
}

}  // namespace

TEST_CASE("the words that a usage has beside options") {
  CHECK(slots_of("[OPTIONS]").empty());
  CHECK(slots_of("PORT [OPTIONS]") == "PORT");
  CHECK(slots_of("PORT…|PATTERN…|--all [OPTIONS]") == "PORT|PATTERN…");
  CHECK(slots_of("V [PORT] [OPTIONS]") == "V PORT");
  CHECK(slots_of("FILE FILE [OPTIONS]") == "FILE FILE");
  CHECK(slots_of("bash|zsh|fish") == "bash|zsh|fish");
}

TEST_CASE("an option of the usage and its value are none of them") {
  CHECK(slots_of("PORT --host H --out D [OPTIONS]") == "PORT");
  CHECK(slots_of("--source S --bootstrap B --out D [OPTIONS]").empty());
  CHECK(slots_of("COMMAND --for PORT [-o OUT] [OPTIONS]") == "COMMAND");
  CHECK(slots_of("FILE [--store DIR | --to DIR] [--key FILE.pub] [OPTIONS]") == "FILE");
}

TEST_CASE("brackets around a word, and in one") {
  CHECK(slots_of("[PORT[@V]…] [DIR…] [--modules DIR] --out FILE.tar.zst") == "PORT[@V]… DIR…");
  CHECK(slots_of("[PORT=]PROGRAM… -o DIR|FILE.tar [OPTIONS]") == "[PORT=]PROGRAM…");
}

TEST_CASE("what follows -- is somebody else's") {
  CHECK(slots_of("PORT [OPTIONS] -- CMD…") == "PORT");
}

TEST_CASE("as many words fit as there are slots, unless one repeats") {
  CHECK(most_arguments(argument_slots("[OPTIONS]")) == 0);
  CHECK(most_arguments(argument_slots("V [PORT] [OPTIONS]")) == 2);
  CHECK(most_arguments(argument_slots("DIR [V…] [OPTIONS]")) == std::nullopt);
}

TEST_CASE("what the next word can be for") {
  const auto at = [](std::string_view usage, std::size_t before) {
    return told(slots_at(argument_slots(usage), before));
  };
  CHECK(at("V [PORT]", 0) == "V");
  CHECK(at("V [PORT]", 1) == "PORT");
  CHECK(at("V [PORT]", 2).empty());
  CHECK(at("DIR [V…]", 0) == "DIR");
  CHECK(at("DIR [V…]", 1) == "V…");
  CHECK(at("DIR [V…]", 7) == "V…");
  CHECK(at("[PORT[@V]…] [DIR…]", 0) == "PORT[@V]… DIR…");
  CHECK(at("[PORT[@V]…] [DIR…]", 3) == "PORT[@V]… DIR…");
}
