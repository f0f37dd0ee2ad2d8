// A directory with headers and libraries of a port, which a C compiler is to take beside its own C library,
// or instead of it.
#pragma once

#include <string>
#include <vector>

namespace gostrap {

/// What of a sysroot is there, in the order of searching.
struct CSysroot {
  std::vector<std::string> headers, libraries;
  bool has_c_library = false;  ///< it has a stdio.h
};

/// As Debian and others lay one out; `triplet` is Debian's name of the port. Throws UsageError for a
/// directory that is none, or is this machine's root.
CSysroot read_c_sysroot(const std::string& root, const std::string& triplet);

/// The compiler's own headers (stddef.h, those of C++) before the sysroot's, and none of the host's.
std::vector<std::string> forced_headers(const CSysroot& sysroot, const std::vector<std::string>& own);

/// What of the C library was linked that lies outside of the sysroot; empty where nothing did.
std::string c_library_outside(const std::string& root, const std::vector<std::string>& linked);

}  // namespace gostrap
