#include "download/authorities.hpp"

#include "support/error.hpp"
#include "support/process.hpp"

#include <array>

namespace gostrap {
namespace {

namespace fs = std::filesystem;

// Debian, Arch, NixOS; Fedora; openSUSE; NixOS again, and CentOS; Alpine
constexpr std::array places{"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                            "/etc/ssl/ca-bundle.pem", "/etc/ssl/certs/ca-bundle.crt", "/etc/ssl/cert.pem"};

bool has_something(const char* directory) {
  std::error_code failed;
  return directory != nullptr && fs::is_directory(directory, failed) && !fs::is_empty(directory, failed);
}

}  // namespace

std::optional<fs::path> own_certificates() {
  if (const auto named = environment_value("SSL_CERT_FILE")) return *named;
  for (const char* place : places) {
    std::error_code failed;
    if (fs::is_regular_file(place, failed)) return place;
  }
  if (const auto nixs = environment_value("NIX_SSL_CERT_FILE")) return *nixs;
  return std::nullopt;
}

std::optional<fs::path> certificates_beside(const char* file, const char* directory,
                                            const std::string& doing) {
  std::error_code failed;
  if (file != nullptr && fs::is_regular_file(file, failed)) return std::nullopt;
  if (auto own = own_certificates()) return own;
  if (file == nullptr && has_something(directory)) return std::nullopt;
  throw Error(
      doing,
      std::string("this machine has no certificates to know an https server by (") + places.front() +
          " and its like)",
      "Install ca-certificates, or name a file of authorities by SSL_CERT_FILE; gostrap does not go on "
      "without.");
}

}  // namespace gostrap
