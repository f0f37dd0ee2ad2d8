// What a static program may not load.
#pragma once

namespace gostrap {

/// Before the first thread. A static glibc would load the modules that nsswitch.conf names, and a static
/// OpenSSL those of openssl.cnf: shared objects that belong to the machine's own glibc, which is another one.
/// What finds hosts in files and by DNS the program has in itself, and ciphers too; so it shall do with them.
/// Of a program that is linked as usual nothing changes.
void load_no_modules();

}  // namespace gostrap
