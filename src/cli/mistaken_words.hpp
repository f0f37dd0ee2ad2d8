// Words that people bring from elsewhere, most of all from the go command: what they meant, and how it is
// said here.
#pragma once

#include "cli/options.hpp"
#include "release/releases.hpp"
#include "support/error.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gostrap {

/// Why the first word that is no option of the verb is none, with what was meant; nothing where all are.
/// `verb` is as the user typed it: "compile".
std::optional<UsageError> mistaken_option(const std::vector<std::string>& words,
                                          const std::vector<KnownOption>& options, const std::string& verb);

/// A flag given to --gcflags, --asmflags or --ldflags (`option`, without dashes) that is another tool's;
/// nothing where none is. `text` may begin with a pattern: "all=-N -l".
std::optional<UsageError> mistaken_flag(const std::string& option, const std::string& text);

/// What to do about words of the linker's, such as "relocation target main.x not defined"; "" for others.
std::string linker_advice(const std::string& log);

/// What to do where a go command says that go.mod or go.work wants a newer Go ("go.mod requires go
/// >= 1.24.9"): the release that is pinned here, and the command; "" for other words.
std::string newer_go_advice(const std::string& words, const Releases& releases, const std::string& port);

}  // namespace gostrap
