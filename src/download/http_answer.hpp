// What a web server says before it sends anything: the head of its answer, as far as a download looks at it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

struct HttpAnswer {
  int status = 0;                                            ///< 200, 404, …
  std::string etag, last_modified, content_range, location;  ///< as they came; empty where they did not
  std::optional<std::uint64_t> length;                       ///< of what follows
};

/// Takes in a line of a head, with its line end. A status line begins anew: a 103 may come before the answer
/// itself.
void take_head_line(std::string_view line, HttpAnswer& answer);

/// What tells this state of a file from another one, for If-Range: a strong ETag, else Last-Modified, else
/// nothing.
std::string validator_of(const HttpAnswer& answer);
/// Whether it can be one: what goes into a request's head is printable, and not long.
bool can_be_validator(std::string_view text);

/// "bytes 100-999/1000": both ends belong to it.
struct ContentRange {
  std::uint64_t first = 0, last = 0;
  std::optional<std::uint64_t> size;  ///< of the whole; none for "*"
};
/// Nothing for whatever is not written so, or cannot be.
std::optional<ContentRange> parse_content_range(std::string_view text);

bool is_redirect(int status);

/// Whether another try in a moment makes sense: 408, 429, and what is the server's own trouble (5xx).
bool is_worth_another_try(int status);

/// Throws for a status other than those that were hoped for: a Transient where another try makes sense, else
/// Error. `who` is "the server" or "the proxy".
[[noreturn]] void refuse_status(int status, const std::string& who, const std::string& doing);

}  // namespace gostrap
