// Signed notes, as the checksum database and other logs sign their trees (c2sp.org/signed-note): a text, an
// empty line, and a line for each signature, which tells by whom it is.
#pragma once

#include "support/keys.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

/// No file of a log is longer: notes, lookups, proofs, tiles.
constexpr std::size_t longest_log_file = 1'000'000;

/// Throws Error, with what was being done, for a file that is longer.
void require_log_file_size(std::string_view text, const std::string& doing);

/// Whose signature counts: "NAME+HASH+KEY".
struct LogKey {
  std::string name;      ///< "sum.golang.org"
  std::uint32_t id = 0;  ///< the first four bytes of the SHA-256 of name and key
  std::string raw;       ///< 32 bytes of Ed25519

  std::string text() const;
  std::string short_text() const;  ///< "sum.golang.org+033de0ae"
  bool operator==(const LogKey&) const = default;
};

/// The Go checksum database's, as the go command has it.
constexpr std::string_view sum_golang_org =
    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

LogKey log_key_of(const std::string& name, const PublicKey& key);
/// Throws Error.
LogKey parse_log_key(std::string_view text);

/// A key has a name that a line of a signature can hold: no space of any script, no "+", and not nothing.
bool is_key_name(std::string_view name);

struct NoteSignature {
  std::string name;
  std::uint32_t id = 0;
  std::string bytes;
};

struct Note {
  std::string text;  ///< what is signed, with its line end
  std::vector<NoteSignature> signatures;
};

/// Takes it apart and believes nothing; `what` (a file) stands in the Error. The bounds are those of
/// golang.org/x/mod/sumdb/note: UTF-8 without control characters, a hundred signatures; and a million bytes.
Note parse_note(std::string_view text, const std::string& what);

/// The note of that text, signed.
std::string signed_note(const std::string& text, const LogKey& as, const PrivateKey& key);

/// Throws Error where the key's signature is not there, or is none. Those of others do not matter.
void require_signature(const Note& note, const LogKey& key, const std::string& what);

}  // namespace gostrap
