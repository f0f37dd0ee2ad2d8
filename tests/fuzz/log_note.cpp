// Signed notes of logs, and the trees in them.
#include "fuzz.hpp"
#include "tlog/checkpoint.hpp"

using namespace gostrap;

FUZZ(input) {
  const LogKey key = parse_log_key(sum_golang_org);
  Note note;
  if (fuzz::accepted([&] { note = parse_note(input, "fuzz"); })) {
    fuzz::require(!note.signatures.empty() && note.signatures.size() <= 100, "signatures are bounded");
    fuzz::require(input.starts_with(note.text), "what is signed is what came");
    for (const NoteSignature& each : note.signatures)
      fuzz::require(is_key_name(each.name), "signers have names");
  }
  fuzz::accepted([&] { read_checkpoint(input, key, "fuzz"); });
  TreeHead head;
  if (fuzz::accepted([&] { head = parse_tree_head(input, key, "fuzz"); }))
    fuzz::require(head.size < largest_tree, "sizes are bounded");
  LogKey other;
  if (fuzz::accepted([&] { other = parse_log_key(input); }))
    fuzz::require(other.text() == input, "a key is written as it came");
}
