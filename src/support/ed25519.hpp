// Ed25519 by libcrypto, for whoever has no more than the bytes of a key: bundles and the notes of logs.
#pragma once

#include <string_view>

namespace gostrap {

/// Whether the signature (64 bytes) of the text is by the public key (32 bytes).
bool ed25519_verifies(std::string_view key, std::string_view text, std::string_view signature);

}  // namespace gostrap
