#include "source/git_handles.hpp"

#include "archive/untrusted_name.hpp"
#include "download/authorities.hpp"
#include "support/process.hpp"

#include <openssl/x509.h>

namespace gostrap::git {
namespace {

constexpr bool at_least(int major, int minor) {
  return LIBGIT2_VER_MAJOR > major || (LIBGIT2_VER_MAJOR == major && LIBGIT2_VER_MINOR >= minor);
}
static_assert(at_least(1, 5), "gostrap needs libgit2 1.5 or newer, and 1.7 for shallow fetches");

struct Library {
  Library() {
    git_libgit2_init();
    // What is read is compared with a pinned commit and a pinned NAR hash: hashing each object again adds
    // nothing.
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
    // A mirror that another user keeps (/srv/git) is as good as any: nothing in it is run.
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    git_libgit2_opts(GIT_OPT_DISABLE_PACK_KEEP_FILE_CHECKS, 1);
    // where a Nix build or a company has its authorities
    const std::optional<std::string> file = environment_value("SSL_CERT_FILE");
    const std::optional<std::string> directory = environment_value("SSL_CERT_DIR");
    if (file || directory) {
      const int result = git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, file ? file->c_str() : nullptr,
                                          directory ? directory->c_str() : nullptr);
      check(result, "read the certificates that SSL_CERT_FILE or SSL_CERT_DIR names (" +
                        file.value_or(directory.value_or("")) + ")");
    }
  }
};

}  // namespace

void start() {
  static const Library library;
}

void trust_authorities(const std::string& doing) {
  if (environment_value("SSL_CERT_FILE") || environment_value("SSL_CERT_DIR")) return;
  const char* const file = X509_get_default_cert_file();
  const auto found = certificates_beside(file, nullptr, doing);
  if (!found) return;
  check(git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, found->c_str(), nullptr),
        "read the certificates of " + found->string());
}

bool said_nothing() {
  const git_error* const error = git_error_last();
  // libgit2 1.8 has a word for that too
  return error == nullptr || error->message == nullptr || error->klass == GIT_ERROR_NONE;
}

std::string last_error() {
  if (said_nothing()) return "libgit2 does not say why";
  return printable(git_error_last()->message);  // it may quote what a server said
}

void check(int result, const std::string& doing) {
  if (result < 0) throw Error(doing, last_error());
}

std::string text(const git_oid& id) {
  std::string digits(40, '0');
  git_oid_fmt(digits.data(), &id);
  return digits;
}

git_oid parse_id(const std::string& digits) {
  git_oid id{};
  check(git_oid_fromstr(&id, digits.c_str()), "read the commit " + digits);
  return id;
}

}  // namespace gostrap::git
