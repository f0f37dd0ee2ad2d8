// SHA-256 over libcrypto, in the two spellings that people meet: hexadecimal and SRI.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace gostrap {

struct Digest {
  std::array<std::uint8_t, 32> bytes{};
  friend auto operator<=>(const Digest&, const Digest&) = default;
};

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(const void* data, std::size_t size);
  void update(std::string_view text) { update(text.data(), text.size()); }
  /// The digest of all that was given; the object is spent afterwards.
  Digest finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

Digest sha256(std::string_view text);
Digest sha256_file(const std::filesystem::path& file);

/// SHA-512 in hexadecimal, for formats of others that want it beside.
std::string sha512_file_hex(const std::filesystem::path& file);

std::string_view bytes_of(const Digest& digest);
/// 64 lower-case hexadecimal digits.
std::string hex(const Digest& digest);
/// "sha256-" and base64, as Nix writes hashes.
std::string sri(const Digest& digest);

/// Of exactly 64 lower-case hexadecimal digits; nothing of all else.
std::optional<Digest> digest_in_hex(std::string_view text);
/// Of the base64 of exactly 32 bytes.
std::optional<Digest> digest_in_base64(std::string_view text);
/// Of "sha256-" and the base64 of 32 bytes.
std::optional<Digest> digest_in_sri(std::string_view text);

}  // namespace gostrap
