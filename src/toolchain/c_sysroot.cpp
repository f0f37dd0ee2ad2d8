#include "toolchain/c_sysroot.hpp"

#include "support/error.hpp"
#include "support/files.hpp"

#include <algorithm>
#include <iterator>

namespace gostrap {
namespace {

using Places = std::vector<std::string>;

bool is_directory_there(const std::string& path) {
  std::error_code hidden;
  return fs::is_directory(path, hidden);
}

Places below(const std::string& root, const Places& names) {
  Places there;
  for (const std::string& name : names) {
    const std::string place = root + "/" + name;
    if (is_directory_there(place)) there.push_back(place);
  }
  return there;
}

bool is_compilers(const std::string& place) {
  const std::string plain = fs::path(place).lexically_normal().string();
  return plain.find("/gcc") != std::string::npos || plain.find("/clang") != std::string::npos ||
         plain.find("/c++/") != std::string::npos;
}

bool is_of_c_library(const std::string& name) {
  return name.starts_with("libc.") || name.starts_with("libc_") || name.starts_with("crt1") ||
         name.starts_with("Scrt1") || name.starts_with("crti.") || name.starts_with("ld-");
}

}  // namespace

CSysroot read_c_sysroot(const std::string& root, const std::string& triplet) {
  if (root.find_first_of(":=,;\n") != std::string::npos) {
    throw UsageError("--sysroot " + root + " has one of : = , ; in it, which compilers take for an end",
                     "A link to it without these will do.");
  }
  if (!is_directory_there(root)) throw UsageError("--sysroot " + root + ": there is no such directory");
  if (fs::canonical(root) == "/")
    throw UsageError("--sysroot / is this machine itself",
                     "Leave it out: the compiler has its own C library.");
  CSysroot sysroot;
  sysroot.headers = below(root, {"usr/local/include", "usr/include/" + triplet, "usr/include", "include"});
  sysroot.libraries = below(root, {"usr/local/lib", "usr/lib/" + triplet, "lib/" + triplet, "usr/lib64",
                                   "lib64", "usr/lib", "lib"});
  if (sysroot.headers.empty() && sysroot.libraries.empty()) {
    throw UsageError("--sysroot " + root + " has neither headers nor libraries",
                     "A sysroot has usr/include and usr/lib, as a root of Debian has.");
  }
  sysroot.has_c_library = std::any_of(sysroot.headers.begin(), sysroot.headers.end(),
                                      [](const std::string& each) { return fs::exists(each + "/stdio.h"); });
  return sysroot;
}

std::vector<std::string> forced_headers(const CSysroot& sysroot, const std::vector<std::string>& own) {
  Places headers;
  std::copy_if(own.begin(), own.end(), std::back_inserter(headers), is_compilers);
  headers.insert(headers.end(), sysroot.headers.begin(), sysroot.headers.end());
  return headers;
}

std::string c_library_outside(const std::string& root, const std::vector<std::string>& linked) {
  const std::string within = fs::canonical(root).string() + "/";
  const auto outside = std::find_if(linked.begin(), linked.end(), [&](const std::string& each) {
    return is_of_c_library(fs::path(each).filename().string()) && !each.starts_with(within);
  });
  return outside == linked.end() ? std::string() : *outside;
}

}  // namespace gostrap
