// The verb that words name, for whoever tells of it instead of running it.
#pragma once

#include "cli/verb.hpp"

#include <string>
#include <vector>

namespace gostrap {

/// Of {"bundle", "create"} the part, of {"bundle"} the verb. Throws UsageError, with what is near, where
/// there is none.
const Verb& named_verb(const std::vector<std::string>& words);

/// Refuses a word that stands where a verb is expected.
[[noreturn]] void refuse_verb(const std::string& word);

}  // namespace gostrap
