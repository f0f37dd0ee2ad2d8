// The words that ask for an SDK which compiles C: --cgo, --cc, --sysroot and --static.
#pragma once

#include "cli/options.hpp"
#include "release/profile.hpp"
#include "release/release.hpp"
#include "store/store.hpp"
#include "support/error.hpp"
#include "toolchain/find_c_compiler.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct CCompilerWords {
  bool cgo = false, is_static = false;
  std::optional<std::string> compiler, sysroot;

  void declare(Options& options);
  /// Any of them: --static alone says it, too.
  bool asked() const { return cgo || is_static || compiler || sysroot; }
  CRequest request() const;
};

/// What is asked for, for each of these ports. A compiler that an SDK of the store is bound to, and that is
/// as it was, is not asked again. Throws UsageError for a port that has no C, and an Error that names every
/// port whose compiler is missing.
std::map<Port, CCompiler> asked_c_compilers(const CCompilerWords& words,
                                            const std::vector<StoreEntry>& entries, const Release& release,
                                            const std::vector<Port>& ports);

/// What C is compiled for is what the compiler itself is for: throws UsageError for settings of Go that are
/// for less (GOARM=5 with a compiler of the hard-float ABI).
void require_same_hardware(const Profile& profile);

/// What the store has instead of the SDK that is wanted: the same compiler before it changed ("it has one
/// bound to …, of which ld is another one now"), else the words of such with other ones; empty where it has
/// none that compiles C.
std::string other_c_compilers(const std::vector<StoreEntry>& entries, const Release& release,
                              const Port& port, const CCompiler& wanted);

}  // namespace gostrap
