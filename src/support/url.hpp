// URLs as they may be shown and recorded. A user name may be a token (GitHub's are), a query may hold one:
// both are hidden, wherever a URL stands. Errors, progress and JSON documents pass through here.
#pragma once

#include <string>
#include <string_view>

namespace gostrap {

/// An origin as it was named: "https://ghp_x@host/y?key=z#f" becomes "https://***@host/y?key=***#***",
/// "token@host:path" becomes "***@host:path". The user "git" stays, and so does all of file://.
std::string without_secrets(std::string_view url);

/// A text with URLs somewhere in it: the same for each of those that have a scheme.
std::string without_secret_urls(std::string_view text);

}  // namespace gostrap
