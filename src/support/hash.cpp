#include "support/hash.hpp"

#include "support/encoding.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <optional>

namespace gostrap {
namespace {

constexpr std::string_view sri_start = "sha256-";

}  // namespace

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

std::string sha512_file_hex(const std::filesystem::path& file) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::string bytes(64, '\0');
  bool good = context && EVP_DigestInit_ex(context.get(), EVP_sha512(), nullptr) == 1;
  read_in_pieces(file, [&](std::string_view piece) {
    good = good && EVP_DigestUpdate(context.get(), piece.data(), piece.size()) == 1;
  });
  good =
      good && EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(bytes.data()), nullptr) == 1;
  if (!good) throw Error("compute the SHA-512 of " + file.string(), "libcrypto refused to");
  return hex(bytes);
}

std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

std::string hex(const Digest& digest) {
  return hex(bytes_of(digest));
}

std::string sri(const Digest& digest) {
  return std::string(sri_start) + base64(bytes_of(digest));
}

std::optional<Digest> digest_in_hex(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  Digest digest;
  if (!is_hex(text, 2 * digest.bytes.size())) return std::nullopt;
  for (std::size_t i = 0; i < digest.bytes.size(); ++i)
    digest.bytes[i] =
        static_cast<std::uint8_t>(digits.find(text[2 * i]) << 4U | digits.find(text[2 * i + 1]));
  return digest;
}

std::optional<Digest> digest_in_base64(std::string_view text) {
  Digest digest;
  if (text.size() != 44) return std::nullopt;
  const std::optional<std::string> bytes = from_base64(text);
  if (!bytes || bytes->size() != digest.bytes.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.bytes.begin());
  return digest;
}

std::optional<Digest> digest_in_sri(std::string_view text) {
  if (!text.starts_with(sri_start)) return std::nullopt;
  return digest_in_base64(text.substr(sri_start.size()));
}

}  // namespace gostrap
