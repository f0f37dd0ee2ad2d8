#include "support/hash.hpp"

#include "support/error.hpp"
#include "support/files.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

namespace gostrap {

void Sha256::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) {
    throw Error("compute a SHA-256", "libcrypto refused to start one");
  }
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(const void* data, std::size_t size) {
  EVP_DigestUpdate(context_.get(), data, size);
}

Digest Sha256::finish() {
  Digest digest{};
  EVP_DigestFinal_ex(context_.get(), digest.bytes.data(), nullptr);
  return digest;
}

Digest sha256(std::string_view text) {
  Sha256 hash;
  hash.update(text);
  return hash.finish();
}

Digest sha256_file(const std::filesystem::path& file) {
  Sha256 hash;
  read_in_pieces(file, [&](std::string_view piece) { hash.update(piece); });
  return hash.finish();
}

std::string hex(const Digest& digest) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.bytes.size());
  for (const std::uint8_t byte : digest.bytes) {
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

std::string sri(const Digest& digest) {
  // EVP_EncodeBlock writes a trailing NUL
  std::array<unsigned char, 45> base64{};
  EVP_EncodeBlock(base64.data(), digest.bytes.data(), static_cast<int>(digest.bytes.size()));
  return "sha256-" + std::string(base64.begin(), base64.end() - 1);
}

std::optional<Digest> digest_in_hex(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  Digest digest{};
  if (text.size() != 2 * digest.bytes.size() || text.find_first_not_of(digits) != std::string_view::npos)
    return std::nullopt;
  for (std::size_t i = 0; i < digest.bytes.size(); ++i)
    digest.bytes[i] =
        static_cast<std::uint8_t>(digits.find(text[2 * i]) << 4U | digits.find(text[2 * i + 1]));
  return digest;
}

std::optional<Digest> digest_in_sri(std::string_view text) {
  if (text.size() != 51 || !text.starts_with("sha256-")) return std::nullopt;
  std::array<unsigned char, 33> bytes{};
  const std::string base64(text.substr(7));
  if (EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(base64.data()), 44) != 33)
    return std::nullopt;
  // the decoder takes padding anywhere, and bits beyond the last byte: only what encodes to itself is meant
  Digest digest{};
  std::copy_n(bytes.begin(), digest.bytes.size(), digest.bytes.begin());
  if (sri(digest) != text) return std::nullopt;
  return digest;
}

}  // namespace gostrap
