#include "support/ed25519.hpp"

#include <openssl/evp.h>

#include <memory>

namespace gostrap {
namespace {

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

const unsigned char* octets_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

bool ed25519_verifies(std::string_view key, std::string_view text, std::string_view signature) {
  const std::unique_ptr<EVP_PKEY, FreeKey> handle(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets_of(key), key.size()));
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  return handle && context &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, handle.get()) == 1 &&
         EVP_DigestVerify(context.get(), octets_of(signature), signature.size(), octets_of(text),
                          text.size()) == 1;
}

}  // namespace gostrap
