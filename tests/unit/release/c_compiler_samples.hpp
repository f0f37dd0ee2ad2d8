// A C compiler as it is found on Debian, for the tests of who is bound to one.
#pragma once

#include "release/c_compiler.hpp"

#include <string>

namespace gostrap::testing {

inline CPart c_part(const std::string& name, const std::string& path, const std::string& text = "x") {
  return {name, path, sha256(text), text.size()};
}

/// Debian's gcc for linux/arm64 on a linux/amd64.
inline CCompiler cross_gcc() {
  CCompiler gcc;
  gcc.kind = CKind::gcc;
  gcc.target = "aarch64-linux-gnu";
  gcc.version = "aarch64-linux-gnu-gcc (Debian 12.2.0-14) 12.2.0";
  gcc.library = "glibc 2.36";
  gcc.cc = "/usr/bin/aarch64-linux-gnu-gcc";
  gcc.cxx = "/usr/bin/aarch64-linux-gnu-g++";
  gcc.ar = "/usr/bin/aarch64-linux-gnu-ar";
  gcc.library_root = "/usr/aarch64-linux-gnu";
  gcc.interpreter = "/lib/ld-linux-aarch64.so.1";
  gcc.headers = {"/usr/lib/gcc-cross/aarch64-linux-gnu/12/include", "/usr/aarch64-linux-gnu/include"};
  gcc.cxx_headers = {"/usr/aarch64-linux-gnu/include/c++/12", "/usr/aarch64-linux-gnu/include"};
  gcc.libraries = {"/usr/lib/gcc-cross/aarch64-linux-gnu/12", "/usr/aarch64-linux-gnu/lib", "/usr/lib"};
  gcc.packages = {{"gcc-12-aarch64-linux-gnu", "12.2.0-14cross1"}, {"libc6-dev-arm64-cross", "2.36-8cross1"}};
  gcc.parts = {c_part("cc", "/usr/bin/aarch64-linux-gnu-gcc-12", "gcc"),
               c_part("ld", "/usr/bin/aarch64-linux-gnu-ld.bfd", "ld"),
               c_part("libc.so.6", "/usr/aarch64-linux-gnu/lib/libc.so.6", "libc")};
  return gcc;
}

}  // namespace gostrap::testing
