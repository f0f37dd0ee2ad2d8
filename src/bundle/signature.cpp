#include "bundle/signature.hpp"

#include "support/ed25519.hpp"
#include "support/encoding.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/stage.hpp"
#include "support/strings.hpp"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
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

const unsigned char* unsigned_bytes(std::string_view text) {
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
  return Key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, unsigned_bytes(key.raw()), key.raw().size()));
}

std::string raw_of(const EVP_PKEY* key) {
  std::string raw(key_size, '\0');
  std::size_t size = raw.size();
  const bool good =
      EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(raw.data()), &size) == 1;
  if (!good || size != key_size) throw Error("use a key", "libcrypto gave no public key of it");
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
  const Key key(PEM_read_bio_PUBKEY(memory_bio(text).get(), nullptr, no_password, nullptr));
  if (!key || EVP_PKEY_base_id(key.get()) != EVP_PKEY_ED25519) {
    const bool is_private = text.find("PRIVATE KEY") != std::string::npos;
    throw Error("read the public key " + file.string(),
                is_private ? "it is a private key, which has no place where bundles are checked"
                           : "it is no Ed25519 public key in PEM",
                "Name the .pub file that `gostrap key` wrote.");
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
  return ed25519_verifies(raw_, text, signature);
}

void PrivateKey::Free::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}

PrivateKey PrivateKey::generate() {
  Handle key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
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
  Handle key(PEM_read_bio_PrivateKey(memory_bio(text).get(), nullptr, no_password, nullptr));
  if (!key || EVP_PKEY_base_id(key.get()) != EVP_PKEY_ED25519) {
    throw Error("read the private key " + file.string(),
                "it is no Ed25519 private key in PEM without a password", "Make one: gostrap key FILE");
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
                                   unsigned_bytes(text), text.size()) == 1;
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

std::string to_text(const Signature& signature) {
  return "ed25519 " + base64(signature.by.raw()) + " " + base64(signature.bytes) + "\n";
}

Signature parse_signature(std::string_view text, const std::string& name) {
  // 44 and 88 characters of base64
  const bool shaped = text.size() == 8 + 44 + 1 + 88 + 1 && text.starts_with("ed25519 ") &&
                      text[8 + 44] == ' ' && text.back() == '\n';
  const auto key = shaped ? from_base64(text.substr(8, 44)) : std::nullopt;
  const auto bytes = shaped ? from_base64(text.substr(8 + 45, 88)) : std::nullopt;
  if (!key || !bytes || key->size() != key_size || bytes->size() != signature_size) {
    throw Error("read " + name, "it should be \"ed25519\", a key and a signature in base64");
  }
  return {PublicKey(*key), *bytes};
}

}  // namespace gostrap
