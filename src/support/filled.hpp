// Texts in other languages stand in files of their own (gostrap_embed in src/CMakeLists.txt). What is not
// always the same stands in them as @name@, which most of these languages take for a word of theirs.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace gostrap {

/// `text` with values in place of their names. A name with a line of its own stands for whole lines, which
/// may be none. What is put in is not looked at again. Throws std::logic_error, since texts and names are
/// ours, for a name that has no value, and for a value whose name stands nowhere.
std::string filled(std::string_view text, const std::map<std::string_view, std::string>& values);

}  // namespace gostrap
