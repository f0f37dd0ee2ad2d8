// The manual pages, made of the verbs' records: one a verb, one a part of a verb, and one of gostrap itself.
#pragma once

#include "cli/verb.hpp"

#include <string>

namespace gostrap {

/// "gostrap-bundle-create"
std::string page_name(const Verb& verb);

/// The page of a verb, in roff.
std::string manual_page(const Verb& verb);

/// gostrap(1)
std::string manual_page();

}  // namespace gostrap
