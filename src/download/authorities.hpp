// Whom this machine trusts to say who a server is. A program made on one distribution and run on another has
// to look: each keeps its certificates elsewhere, and a TLS library knows the place of the distribution that
// built it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace gostrap {

/// The file of certificates that this machine trusts: SSL_CERT_FILE, where distributions keep it, or
/// NIX_SSL_CERT_FILE.
std::optional<std::filesystem::path> own_certificates();

/// What a TLS library is to be told whose own places are `file` and `directory` (null: it has none): nothing
/// where these are there, else own_certificates(). Throws Error where this machine has none.
std::optional<std::filesystem::path> certificates_beside(const char* file, const char* directory,
                                                         const std::string& doing);

}  // namespace gostrap
