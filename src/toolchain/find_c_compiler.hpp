// Which program is meant by --cc: a kind of compiler, a program's name or its path.
#pragma once

#include "release/c_compiler.hpp"

#include <filesystem>
#include <string>

namespace gostrap {

/// What a user asks for.
struct CRequest {
  std::string compiler;  ///< "gcc", "musl", a program's name or path; empty for what is usual for the port
  bool is_static = false;
  std::string sysroot;
  bool operator==(const CRequest&) const = default;
};

struct CDriver {
  CKind kind = CKind::gcc;
  std::filesystem::path cc;   ///< absolute, as it was found: some compilers go by the name they are called by
  bool needs_target = false;  ///< it compiles for the port only when told to: clang
};

/// Throws UsageError for what cannot be, and Error, naming the package that has it, where there is none.
CDriver find_c_compiler(const CRequest& request, const Port& port);

/// Whether there is one of that kind for the port on PATH.
bool has_c_compiler(CKind kind, const Port& port);

/// Whether a compiler at that place of a machine is what its kind alone names, where the system itself keeps
/// programs.
bool is_named_by_kind(const std::filesystem::path& cc, CKind kind, const Port& port, const Port& machine);

/// The packages of Debian that have what is usual for the port; empty where there are none.
std::string c_packages(const Port& port, CKind kind);

/// What is taken where no compiler is named: mingw for windows, gcc for linux. Nothing for other systems.
std::optional<CKind> usual_c_kind(const Port& port);

/// The C++ compiler that belongs to a C compiler; empty where there is none beside it.
std::filesystem::path cxx_beside(const std::filesystem::path& cc);

}  // namespace gostrap
