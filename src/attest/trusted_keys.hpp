// Whose statements count: Ed25519 keys out of .pub files (PEM, or OpenSSH's) and of a file as OpenSSH's
// allowed_signers is, which can give a key a first and a last day (ssh-keygen(1), ALLOWED SIGNERS).
#pragma once

#include "support/keys.hpp"
#include "support/time.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct TrustedKey {
  std::string name;  ///< of its file without .pub, or its principals
  PublicKey key;
  std::optional<Time> after, before;  ///< when it begins and ends to count

  /// "it counts only from 2027-01-01T00:00:00Z on", …; empty where it does.
  std::string why_not(Time now) const;
};

/// Of lines as ssh-keygen's allowed signers. Keys of other kinds, and of those that sign keys, are left out.
/// Throws Error, with the line.
std::vector<TrustedKey> read_signers(std::string_view text, const std::string& name);

/// Of one file: a public key, or allowed signers. Throws Error for what is neither.
std::vector<TrustedKey> keys_in_file(const std::filesystem::path& file);

/// Of files, and of directories' *.pub and allowed_signers; each key once, by its first name and for the
/// shortest time. Throws Error for a place where there is none.
std::vector<TrustedKey> trusted_keys(const std::vector<std::filesystem::path>& places);

/// "20270101", "202701011200" or "20270101120000", with Z for UTC, else by the machine's own time zone.
std::optional<Time> parse_signer_date(std::string_view text);

}  // namespace gostrap
