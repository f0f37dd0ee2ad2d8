#include "support/keys.hpp"

#include "support/encoding.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/openssh_key.hpp"
#include "support/stage.hpp"
#include "support/strings.hpp"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t key_size = 32;
constexpr std::size_t signature_size = 64;

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeBio {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

const unsigned char* octets_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Bio memory_bio(std::string_view text) {
  Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  if (!bio) throw Error("read a key", "there is no memory for it");
  return bio;
}

std::string written(const Bio& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

Key key_of(const PublicKey& key) {
  return Key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets_of(key.raw()), key.raw().size()));
}

std::string raw_of(const EVP_PKEY* key) {
  std::string raw(key_size, '\0');
  std::size_t size = raw.size();
  const bool good =
      EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(raw.data()), &size) == 1;
  if (!good || size != key_size) throw Error("use a key", "libcrypto gave no public key of it");
  return raw;
}

/// The key in a PEM of which the algorithm has parameters, a NULL: RFC 8410 wants none and libcrypto takes
/// none, but in-toto's Rust library writes it, and with it every rebuilderd.
std::optional<std::string> with_null_parameters(std::string_view text) {
  constexpr std::string_view start{"\x30\x2c\x30\x07\x06\x03\x2b\x65\x70\x05\x00\x03\x21\x00", 14};
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* data = nullptr;
  long size = 0;
  if (PEM_read_bio(memory_bio(text).get(), &name, &header, &data, &size) != 1) return std::nullopt;
  const std::string_view der(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
  std::optional<std::string> raw;
  if (std::string_view(name) == PEM_STRING_PUBLIC && der.size() == start.size() + key_size &&
      der.starts_with(start))
    raw = std::string(der.substr(start.size()));
  OPENSSL_free(name);
  OPENSSL_free(header);
  OPENSSL_free(data);
  return raw;
}

/// No password is asked for: a key that has one is refused.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*user*/) {
  return -1;
}

void write_new(const fs::path& file, std::string_view text, mode_t mode) {
  const Fd fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
  if (!fd) throw system_error("write the key " + file.string());
  write_all(fd.get(), text, "write the key " + file.string());
  if (::fsync(fd.get()) != 0) throw system_error("write the key " + file.string());
}

/// Moves a file to a name that nothing has yet.
void put_new(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
  // a file system that cannot do that at once
  if (errno == EINVAL && ::link(from.c_str(), to.c_str()) == 0) return;
  throw system_error("write the key " + to.string());
}

}  // namespace

PublicKey::PublicKey(std::string raw) : raw_(std::move(raw)) {
  if (raw_.size() != key_size) throw Error("use a public key", "it has not 32 bytes");
}

PublicKey PublicKey::read(const fs::path& file) {
  const std::string text = read_file(file, 65536);
  if (auto raw = openssh_public_key(text)) return PublicKey(std::move(*raw));
  if (auto raw = with_null_parameters(text)) return PublicKey(std::move(*raw));
  const Key key(PEM_read_bio_PUBKEY(memory_bio(text).get(), nullptr, no_password, nullptr));
  if (!key || EVP_PKEY_base_id(key.get()) != EVP_PKEY_ED25519) {
    const bool is_private = text.find("PRIVATE KEY") != std::string::npos;
    throw Error("read the public key " + file.string(),
                is_private ? "it is a private key, which has no place where something is checked"
                           : "it is no Ed25519 public key in PEM, or of OpenSSH",
                "Name the .pub file that `gostrap key` or `ssh-keygen -t ed25519` wrote.");
  }
  return PublicKey(raw_of(key.get()));
}

std::string PublicKey::fingerprint() const {
  return "SHA256:" + without_trailing(base64(bytes_of(sha256(raw_))), "=");
}

std::string PublicKey::pem() const {
  const Bio bio(BIO_new(BIO_s_mem()));
  const Key key = key_of(*this);
  if (!bio || !key || PEM_write_bio_PUBKEY(bio.get(), key.get()) != 1) {
    throw Error("write a public key", "libcrypto refused to");
  }
  return written(bio);
}

bool PublicKey::verifies(std::string_view text, std::string_view signature) const {
  const Key key = key_of(*this);
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), octets_of(signature), signature.size(), octets_of(text),
                          text.size()) == 1;
}

void PrivateKey::Free::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}

PrivateKey PrivateKey::generate() {
  Handle key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  if (!key) throw Error("make a key", "libcrypto refused to");
  return PrivateKey(std::move(key));
}

PrivateKey PrivateKey::from_secret(std::string_view secret) {
  Handle key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets_of(secret), secret.size()));
  if (!key) throw Error("make a key", "libcrypto refused to");
  return PrivateKey(std::move(key));
}

PrivateKey PrivateKey::read(const fs::path& file) {
  const Fd fd = open_for_reading(file);
  struct stat status = {};
  if (::fstat(fd.get(), &status) != 0) throw system_error("read " + file.string());
  if ((status.st_mode & 0077U) != 0) {
    throw Error("read the private key " + file.string(), "others than its owner may read it",
                "chmod 600 " + file.string());
  }
  const std::string text = read_file(file, 65536);
  if (const auto pair = openssh_private_key(text, file.string())) {
    PrivateKey key = from_secret(pair->secret);
    if (key.public_key().raw() != pair->public_key)
      throw Error("read the private key " + file.string(), "it is damaged: its public key is another one's");
    return key;
  }
  Handle key(PEM_read_bio_PrivateKey(memory_bio(text).get(), nullptr, no_password, nullptr));
  if (!key || EVP_PKEY_base_id(key.get()) != EVP_PKEY_ED25519) {
    throw Error("read the private key " + file.string(),
                "it is no Ed25519 private key without a password, in PEM or of OpenSSH",
                "Make one: gostrap key FILE");
  }
  return PrivateKey(std::move(key));
}

PublicKey PrivateKey::public_key() const {
  return PublicKey(raw_of(key_.get()));
}

std::string PrivateKey::sign(std::string_view text) const {
  std::string signature(signature_size, '\0');
  std::size_t size = signature.size();
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  const bool good = context &&
                    EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
                    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                                   octets_of(text), text.size()) == 1;
  if (!good || size != signature_size) throw Error("sign", "libcrypto refused to");
  return signature;
}

void PrivateKey::write(const fs::path& file) const {
  const fs::path pub = file.string() + ".pub";
  for (const fs::path& each : {file, pub}) {
    if (fs::exists(fs::symlink_status(each))) {
      throw Error("make the key " + file.string(), each.string() + " is there already",
                  "Name another file: a key that was lost cannot be made again.");
    }
  }
  const Bio bio(BIO_new(BIO_s_secmem()));
  if (!bio || PEM_write_bio_PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    throw Error("make the key " + file.string(), "libcrypto refused to");
  }
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  // both are whole before the first of them is there
  const HeldDirectory beside(fs::absolute(file).parent_path(), file.filename().string(), 0700);
  write_new(beside.path() / "private", {data, static_cast<std::size_t>(size)}, 0600);
  write_new(beside.path() / "public", public_key().pem(), 0644);
  put_new(beside.path() / "private", file);
  try {
    put_new(beside.path() / "public", pub);
  } catch (...) {
    ::unlink(file.c_str());  // ours, of this moment
    throw;
  }
}

void PrivateKey::write_public(const fs::path& file) const {
  const fs::path pub = file.string() + ".pub";
  const HeldDirectory beside(fs::absolute(file).parent_path(), pub.filename().string(), 0700);
  write_new(beside.path() / "public", public_key().pem(), 0644);
  put_new(beside.path() / "public", pub);
}

}  // namespace gostrap
