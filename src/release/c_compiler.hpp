// A C compiler that an SDK is bound to: an input with an identity, as the source and the profile are. How one
// is found and asked is toolchain/probe_c_compiler.hpp's.
#pragma once

#include "release/port.hpp"
#include "support/hash.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gostrap {

/// What the name of a part begins with that is a library of the compiler's own programs.
inline constexpr const char* own_library_prefix = "own ";

enum class CKind { gcc, clang, musl, mingw };
std::string text(CKind kind);
std::optional<CKind> c_kind(const std::string& word);
std::vector<std::string> c_kinds();

/// A file that decides what is compiled or linked.
struct CPart {
  std::string name;  ///< "cc1", "ld", "libc.so.6"
  std::string path;  ///< absolute, without links and detours
  Digest sha256{};
  std::uint64_t size = 0;
  bool operator==(const CPart&) const = default;
};

/// Whose headers and libraries a compiler takes where a sysroot is named.
enum class SysrootUse {
  none,     ///< there is none: the compiler's own
  own,      ///< there is none, and of the compiler's own headers those of this machine are left out
  beside,   ///< it has no C library: it is searched before the compiler's own
  instead,  ///< its C library, as the compiler's --sysroot has it
  forced,   ///< the same, of a compiler that would look for its own first (Debian's cross compilers)
};

struct CCompiler {
  CKind kind = CKind::gcc;
  std::string target;   ///< as it says itself: "aarch64-linux-gnu"
  std::string version;  ///< its first line: "aarch64-linux-gnu-gcc (Debian 12.2.0-14) 12.2.0"
  std::string library;  ///< its C library: "glibc 2.36", "musl", "mingw-w64 10"
  bool is_static = false;
  bool static_pie = false;  ///< it can link what is both static and position independent
  std::string cc, cxx, ar;  ///< absolute paths; cxx and ar are empty where there is none
  std::string sysroot;      ///< absolute; empty where none was named
  SysrootUse sysroot_use = SysrootUse::none;
  /// Where programs find their dynamic linker and libraries on a machine that is not theirs: a directory that
  /// stands before both, "/usr/aarch64-linux-gnu". Empty where they lie where programs look.
  std::string library_root;
  std::string interpreter;  ///< of what is linked dynamically; empty for windows and where all is static
  /// Where headers are looked for, as the compiler spells it; its C++ compiler's.
  std::vector<std::string> headers, cxx_headers;
  std::vector<std::string> libraries;           ///< where the linker looks, in its order
  std::map<std::string, std::string> packages;  ///< of the parts, where the system has some: name, version
  std::vector<CPart> parts;

  bool operator==(const CCompiler&) const = default;

  /// "12.2.0"
  std::string number() const;
  /// "/usr/bin/aarch64-linux-gnu-gcc 12.2.0, glibc 2.36, static"
  std::string text() const;
  /// What it compiles and links with, wherever that lies: 32 hexadecimal digits. Where programs differ for
  /// another one, this differs. Its programs' own libraries stand aside: not every machine tells them.
  std::string identity() const;
};

/// "linux/arm64" for "aarch64-linux-gnu"; nothing for what no port of Go has.
std::optional<Port> port_of_target(const std::string& target);
/// "aarch64-linux-gnu": what Debian calls the port's; empty where it has no compiler for it.
std::string debian_target(const Port& port);

Json to_json(const CCompiler& compiler);
/// Strict, for a stranger may have written it: its words end up in scripts. Throws Error.
CCompiler c_compiler_from_json(const JsonView& json);

}  // namespace gostrap
