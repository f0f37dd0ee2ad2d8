// Programs: what inspect reads of a file that may be anybody's.
#include "fuzz.hpp"
#include "program/expectations.hpp"
#include "program/linked.hpp"
#include "program/read_program.hpp"

#include <nlohmann/json.hpp>

using namespace gostrap;

FUZZ(input) {
  ProgramFacts facts;
  if (!fuzz::accepted([&] { facts = read_program(input, "program"); })) return;
  fuzz::require(!facts.format.empty(), "a program that was read has a format");
  fuzz::require(facts.build.has_value() != !facts.no_build.empty(),
                "there is build information, or a reason");
  if (facts.build) {
    const std::string written = text(*facts.build);
    fuzz::accepted([&] { parse_build_info(written); });
  }
  static_cast<void>(to_json(facts).dump(-1, ' ', false, Json::error_handler_t::replace));
  for (const LinkedPart& part : linked_parts(facts, input)) {
    fuzz::require(!part.shown_by.empty(), "what is linked in is shown by something");
    static_cast<void>(to_json(part).dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  unmet_expectations(facts, {"static", "stripped", "pie", "linux/arm64", "GOAMD64=v3"});
}
