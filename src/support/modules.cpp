#include "support/modules.hpp"

#ifdef GOSTRAP_PORTABLE
#include <nss.h>
#include <openssl/crypto.h>

#include <initializer_list>

void gostrap::load_no_modules() {
  __nss_configure_lookup("hosts", "files dns");
  for (const char* database : {"passwd", "group", "services", "protocols"}) {
    __nss_configure_lookup(database, "files");
  }
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
}
#else
void gostrap::load_no_modules() {}
#endif
