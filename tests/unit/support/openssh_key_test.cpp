#include "support/openssh_key.hpp"

#include "support/encoding.hpp"
#include "support/keys.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

// ssh-keygen -t ed25519 -N '' -C 'a test'
constexpr const char* own =
    "-----BEGIN OPENSSH PRIVATE KEY-----\n"
    "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\n"
    "QyNTUxOQAAACBdHv63rdSDNvXzpmO/QDdvgX0oZiYj0TDNtvEgt3GCRwAAAJDHTlW7x05V\n"
    "uwAAAAtzc2gtZWQyNTUxOQAAACBdHv63rdSDNvXzpmO/QDdvgX0oZiYj0TDNtvEgt3GCRw\n"
    "AAAEAa53igyP155DxEI22DRFGR42KXQQIIlW+vGNF+KnGw+10e/ret1IM29fOmY79AN2+B\n"
    "fShmJiPRMM228SC3cYJHAAAABmEgdGVzdAECAwQFBgc=\n"
    "-----END OPENSSH PRIVATE KEY-----\n";
constexpr const char* own_public =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF0e/ret1IM29fOmY79AN2+BfShmJiPRMM228SC3cYJH a test\n";
// ssh-keygen -t ed25519 -N secret -a 1
constexpr const char* with_password =
    "-----BEGIN OPENSSH PRIVATE KEY-----\n"
    "b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABBqRNGglm\n"
    "o4+AxkFCRuO87HAAAAAQAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIIwaAa+a+r9Abi0+\n"
    "oWnQTRyjpO951y3Cnm7E2YRBSGaqAAAAkNiUAFifiuvWd8ulvufsimVB2er+6ClFuAfhW2\n"
    "x0tTdzfG+EMEM2CfNyKOdhaxM+a/mida10DckDE3DGD2nKyrlWjsqiSVpupiponzRw6qRe\n"
    "8adhvJ9DrTk6uXbTTIUgP5fwuC1ya0nuu1VUgd+6gK+nQCSm7AKhapT/2Dzud+R0aejsDE\n"
    "vmk+jjgfcBXGBymA==\n"
    "-----END OPENSSH PRIVATE KEY-----\n";
// ssh-keygen -t ecdsa -N ''
constexpr const char* ecdsa =
    "-----BEGIN OPENSSH PRIVATE KEY-----\n"
    "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAaAAAABNlY2RzYS\n"
    "1zaGEyLW5pc3RwMjU2AAAACG5pc3RwMjU2AAAAQQRJHdWGaxV9yMAZUxhWHmRprC7bkIP9\n"
    "oYF544ltV47o6LBvq3v3QFJA1E20pxqW0QHd/oP68U4BGklU3iRXTU14AAAAoBASejsQEn\n"
    "o7AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEkd1YZrFX3IwBlT\n"
    "GFYeZGmsLtuQg/2hgXnjiW1XjujosG+re/dAUkDUTbSnGpbRAd3+g/rxTgEaSVTeJFdNTX\n"
    "gAAAAhAJLfcravslyQc47Uxrf29Pbda3+7/0lP+EKGqNGjaJEkAAAABmEgdGVzdAE=\n"
    "-----END OPENSSH PRIVATE KEY-----\n";

std::string refusal(const std::string& text) {
  return error_of([&] { openssh_private_key(text, "id"); });
}

}  // namespace

TEST_CASE("a pair of OpenSSH's signs and verifies") {
  const Scratch scratch;
  const fs::path file = scratch.file("id", own);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  const PublicKey pub = PublicKey::read(scratch.file("id.pub", own_public));
  const PrivateKey key = PrivateKey::read(file);
  CHECK(key.public_key() == pub);
  CHECK(pub.verifies("text", key.sign("text")));
  CHECK(hex(pub.raw()).starts_with("5d1efeb7add48336"));
}

TEST_CASE("a public key is one line of its kind, its key and whatever comment") {
  const std::string line = own_public;
  CHECK(openssh_public_key(line) == openssh_public_key(line.substr(0, 80)));
  CHECK(openssh_public_key(line));
  for (const std::string& bad :
       {std::string(), line.substr(0, 50), "ssh-rsa" + line.substr(11), line + "\n" + line,
        line.substr(0, 12), "ssh-ed25519\t" + line.substr(12), line.substr(0, 79)}) {
    CHECK_MESSAGE(!openssh_public_key(bad), bad);
  }
}

TEST_CASE("a private key with a password, of another kind or damaged is refused with the reason") {
  CHECK(!openssh_private_key("-----BEGIN PRIVATE KEY-----\n", "id"));
  CHECK(contains(refusal(with_password), "it has a password, which nobody here asks for"));
  CHECK(contains(refusal(with_password), "ssh-keygen -p -N '' -f COPY"));
  CHECK(contains(refusal(ecdsa), "it is no Ed25519 key"));
  const std::string text = own;
  CHECK(contains(refusal(text.substr(0, 40)), "it is damaged"));
  CHECK(contains(refusal("-----BEGIN OPENSSH PRIVATE KEY-----"), "it is damaged"));
  const Scratch scratch;
  const fs::path file = scratch.file("id", text);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  const PublicKey pub = PrivateKey::read(file).public_key();
  for (std::size_t at = 36; at < text.find("-----END"); ++at) {
    std::string other = text;
    if (other[at] == '\n' || other[at] == '=') continue;
    other[at] = other[at] == 'A' ? 'B' : 'A';
    scratch.file("id", other);
    // the comment and what nobody reads may change; never the key that comes out
    std::optional<PublicKey> read;
    const std::string said = error_of([&] { read = PrivateKey::read(file).public_key(); });
    CHECK_MESSAGE((read ? *read == pub : !said.empty()), at);
  }
}
