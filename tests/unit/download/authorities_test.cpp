#include "download/authorities.hpp"

#include "support/error.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace gostrap;
using namespace gostrap::testing;

namespace fs = std::filesystem;

TEST_CASE("a TLS library that finds its own certificates is told nothing") {
  const Scratch scratch;
  write_file(scratch / "own.pem", "certificates");
  CHECK(!certificates_beside((scratch / "own.pem").c_str(), nullptr, "download it"));
}

TEST_CASE("one whose place belongs to another distribution is told the file that this machine has") {
  const std::string told = told_by_child([] {
    ::setenv("NIX_SSL_CERT_FILE", "/nix/certificates.pem", 1);
    ::unsetenv("SSL_CERT_FILE");
    return certificates_beside("/not/there.pem", "/not/there", "download it").value_or("nothing").string();
  });
  // Nix's where there is none: on other distributions a user's Nix sets that, and it lacks what a company has
  // added
  CHECK((std::filesystem::is_regular_file(told) || told == "/nix/certificates.pem"));
}

TEST_CASE("SSL_CERT_FILE comes before all that a distribution has") {
  const std::string told = told_by_child([] {
    ::setenv("SSL_CERT_FILE", "/ours.pem", 1);
    ::setenv("NIX_SSL_CERT_FILE", "/nix/certificates.pem", 1);
    return own_certificates().value_or("nothing").string();
  });
  CHECK(told == "/ours.pem");
}
