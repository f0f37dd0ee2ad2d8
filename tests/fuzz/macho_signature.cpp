// Programs in archives that somebody else made: what is taken out of them as a signature.
#include "program/macho_signature.hpp"

#include "fuzz.hpp"

using namespace gostrap;

FUZZ(input) {
  const Unsigned once = without_signature(std::string(input));
  if (!once.was_signed) {
    fuzz::require(once.program == input, "a program without a signature stays as it is");
    return;
  }
  fuzz::require(once.program.size() < input.size(), "a signature takes room");
  fuzz::require(input.substr(once.program.size()).starts_with("\xfa\xde\x0c\xc0"),
                "what is cut off begins as a signature does");
  fuzz::require(!without_signature(once.program).was_signed, "there is one signature");
}
