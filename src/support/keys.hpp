// Keys that sign: Ed25519 by libcrypto, in PEM files as openssl writes and reads them, or as ssh-keygen does.
// Who signed is told by the fingerprint of the public key.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace gostrap {

class PublicKey {
 public:
  /// 32 bytes.
  explicit PublicKey(std::string raw);
  /// From a file; an Error names it. A private key's file is refused.
  static PublicKey read(const std::filesystem::path& file);

  const std::string& raw() const { return raw_; }
  /// "SHA256:" and the base64 of the hash of the 32 bytes: what to compare by phone.
  std::string fingerprint() const;
  std::string pem() const;
  bool verifies(std::string_view text, std::string_view signature) const;
  bool operator==(const PublicKey&) const = default;

 private:
  std::string raw_;
};

class PrivateKey {
 public:
  static PrivateKey generate();
  /// Of the 32 bytes that it is made from (RFC 8032's secret).
  static PrivateKey from_secret(std::string_view secret);
  /// From a file, which nobody but its owner may be able to read.
  static PrivateKey read(const std::filesystem::path& file);

  PublicKey public_key() const;
  std::string sign(std::string_view text) const;  ///< 64 bytes
  /// Writes the private key to `file` (mode 0600) and the public one to `file`.pub: both or none. Neither may
  /// be there.
  void write(const std::filesystem::path& file) const;
  /// Writes `file`.pub alone.
  void write_public(const std::filesystem::path& file) const;

 private:
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  using Handle = std::unique_ptr<evp_pkey_st, Free>;
  explicit PrivateKey(Handle key) : key_(std::move(key)) {}
  Handle key_;
};

}  // namespace gostrap
