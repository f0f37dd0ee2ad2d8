// Ed25519 keys as OpenSSH writes them (PROTOCOL.key of OpenSSH; RFC 4253 for the words in them), which
// libcrypto does not read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

/// The 32 bytes of the key on a line such as "ssh-ed25519 AAAA… comment"; nothing where the text is something
/// else.
std::optional<std::string> openssh_public_key(std::string_view text);

/// What a private key is made from, and the public one that should come of it: 32 bytes each.
struct OpensshPair {
  std::string secret, public_key;
};

/// Nothing where the text is not of OpenSSH. Throws Error, with `name` in it, for a key with a password, of
/// another kind, or damaged.
std::optional<OpensshPair> openssh_private_key(std::string_view text, const std::string& name);

}  // namespace gostrap
