// What a C compiler is: it is asked, and a program of one line is compiled and linked with it, while the
// linker tells which files it takes.
#pragma once

#include "toolchain/find_c_compiler.hpp"

namespace gostrap {

/// The compiler that is asked for, for programs of the port. Throws UsageError for what cannot be, and Error
/// where there is none, it makes programs for another port, or it cannot link one, with what it said.
CCompiler probe_c_compiler(const CRequest& request, const Port& port);

/// Whether what was asked for then would be asked for by these words, without a look at the machine.
bool is_asked_for(const CCompiler& compiler, const CRequest& request, const Port& port);

}  // namespace gostrap
