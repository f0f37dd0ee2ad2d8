// Statements: what strangers sign, and files of allowed signers.
#include "attest/votes.hpp"
#include "fuzz.hpp"
#include "support/keys.hpp"
#include "support/openssh_key.hpp"

using namespace gostrap;

FUZZ(input) {
  static const PublicKey nobody(std::string(32, '\1'));
  Statements statements;
  add_statements(statements, input, "fuzz.jsonl");
  for (const Statement& each : statements.all) {
    fuzz::require(!each.about.empty(), "a statement is about something");
    fuzz::require(!each.signed_by(nobody), "nobody has signed it");
  }
  fuzz::accepted([&] { openssh_private_key(input, "id"); });
  if (const auto key = openssh_public_key(input)) fuzz::require(key->size() == 32, "a key has 32 bytes");
  fuzz::accepted([&] { read_signers(input, "allowed_signers"); });
}
