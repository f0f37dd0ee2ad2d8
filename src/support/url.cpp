#include "support/url.hpp"

#include <algorithm>

namespace gostrap {
namespace {

constexpr std::string_view hidden = "***";

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_in_scheme(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/// "user:secret@host:port". `rest` is what stands behind: should an unescaped slash or question mark be in a
/// password, the host comes later than it seems.
std::string shown_authority(std::string_view authority, std::string_view& rest) {
  std::size_t at = authority.rfind('@');
  std::string whole;
  if (at == std::string_view::npos) {
    const std::size_t colon =
        authority.starts_with('[') ? authority.find(':', authority.find(']')) : authority.find(':');
    const bool port = colon == std::string_view::npos ||
                      authority.find_first_not_of("0123456789", colon + 1) == std::string_view::npos;
    const std::size_t later = port ? std::string_view::npos : rest.rfind('@');
    if (later == std::string_view::npos) return std::string(authority);
    whole = std::string(authority) + std::string(rest.substr(0, later + 1));
    rest.remove_prefix(later + 1);
    const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
    whole += rest.substr(0, end);
    rest.remove_prefix(end);
    authority = whole;
    at = authority.rfind('@');
  }
  const std::string_view user = authority.substr(0, at);
  return std::string(user == "git" ? user : hidden) + std::string(authority.substr(at));
}

/// "?a=b&c" to "?a=***&***", "#f" to "#***".
std::string shown_query(std::string_view query) {
  std::string shown;
  while (!query.empty()) {
    const char first = query.front();
    const std::size_t end =
        first == '#' ? query.size() : std::min(query.find_first_of("&;#", 1), query.size());
    const std::string_view part = query.substr(1, end - 1);
    const std::size_t equals = first == '#' ? std::string_view::npos : part.find('=');
    shown += first;
    if (equals != std::string_view::npos) shown += part.substr(0, equals + 1);
    if (!part.empty()) shown += hidden;
    query.remove_prefix(end);
  }
  return shown;
}

/// What stands behind "://".
std::string shown_rest(std::string_view rest) {
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  const std::string_view authority = rest.substr(0, end);
  rest.remove_prefix(end);
  std::string shown = shown_authority(authority, rest);
  const std::size_t query = std::min(rest.find_first_of("?#"), rest.size());
  return shown + std::string(rest.substr(0, query)) + shown_query(rest.substr(query));
}

}  // namespace

std::string without_secrets(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) {
    if (url.starts_with("file://")) return std::string(url);
    return std::string(url.substr(0, scheme + 3)) + shown_rest(url.substr(scheme + 3));
  }
  // user@host:path, and a URL whose scheme was forgotten
  const std::size_t host = url.substr(0, url.find('/')).rfind('@');
  if (host == std::string_view::npos || host == 0) return std::string(url);
  return std::string(url.substr(0, host) == "git" ? "git" : hidden) + std::string(url.substr(host));
}

std::string without_secret_urls(std::string_view text) {
  std::string shown;
  for (std::size_t mark = text.find("://"); mark != std::string_view::npos; mark = text.find("://")) {
    std::size_t start = mark;
    while (start > 0 && is_in_scheme(text[start - 1])) --start;
    const std::size_t behind = mark + 3;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n\"'`<>()|\\", behind), text.size());
    std::string_view url = text.substr(start, end - start);
    while (!url.empty() && (url.back() == '.' || url.back() == ',' || url.back() == ':' || url.back() == ';'))
      url.remove_suffix(1);
    const bool is_url = start < mark && url.size() > behind - start;
    shown += text.substr(0, start);
    shown += is_url ? without_secrets(url) : std::string(url);
    text.remove_prefix(start + url.size());
  }
  return shown + std::string(text);
}

}  // namespace gostrap
