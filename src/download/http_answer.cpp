#include "download/http_answer.hpp"

#include "support/patience.hpp"

#include <algorithm>
#include <charconv>

namespace gostrap {
namespace {

constexpr std::size_t longest_validator = 1024;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char one, char other) { return lower(one) == lower(other); });
}

/// Of digits and nothing else.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number number = 0;
  const char* const end = text.data() + text.size();
  const auto [at, failed] = std::from_chars(text.data(), end, number);
  if (text.empty() || text.front() == '-' || failed != std::errc() || at != end) return std::nullopt;
  return number;
}

/// "HTTP/1.1 200 OK", "HTTP/2 200"
void take_status_line(std::string_view line, HttpAnswer& answer) {
  answer = HttpAnswer();
  line.remove_prefix(std::min(line.find(' '), line.size()));
  answer.status = number_in<int>(trimmed(line).substr(0, 3)).value_or(0);
}

std::string reason_of(int status) {
  if (status == 404 || status == 410) return "it has no such file";
  if (status == 401 || status == 403) return "it does not give that to us";
  if (status == 407) return "it asks for a password";
  if (status == 408 || status == 429) return "it asks us to come back later";
  if (status >= 500) return "it is in trouble";
  return "that is not the file";
}

std::string advice_on(int status, const std::string& who) {
  if (status == 404 || status == 410)
    return "Is the address right? A mirror may not have it yet, or no more.";
  if (status == 401 || status == 403 || status == 407)
    return "gostrap never asks for passwords: name " + who + " that needs none.";
  return {};
}

}  // namespace

void take_head_line(std::string_view line, HttpAnswer& answer) {
  if (line.starts_with("HTTP/")) return take_status_line(line, answer);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (equal_but_for_case(name, "ETag")) answer.etag = value;
  if (equal_but_for_case(name, "Last-Modified")) answer.last_modified = value;
  if (equal_but_for_case(name, "Content-Range")) answer.content_range = value;
  if (equal_but_for_case(name, "Location")) answer.location = value;
  if (equal_but_for_case(name, "Content-Length")) answer.length = number_in<std::uint64_t>(value);
}

bool can_be_validator(std::string_view text) {
  return !text.empty() && text.size() <= longest_validator &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

std::string validator_of(const HttpAnswer& answer) {
  const std::string& tag = answer.etag;
  // W/"…" says that it may be other bytes with the same meaning
  if (tag.size() > 2 && tag.front() == '"' && tag.back() == '"' && can_be_validator(tag)) return tag;
  return can_be_validator(answer.last_modified) ? answer.last_modified : "";
}

std::optional<ContentRange> parse_content_range(std::string_view text) {
  constexpr std::string_view unit = "bytes ";
  if (!equal_but_for_case(text.substr(0, unit.size()), unit)) return std::nullopt;
  text.remove_prefix(unit.size());
  const std::size_t dash = text.find('-');
  const std::size_t slash = text.find('/');
  if (dash == std::string_view::npos || slash == std::string_view::npos || dash > slash) return std::nullopt;
  const auto first = number_in<std::uint64_t>(text.substr(0, dash));
  const auto last = number_in<std::uint64_t>(text.substr(dash + 1, slash - dash - 1));
  const std::string_view whole = text.substr(slash + 1);
  const auto size = number_in<std::uint64_t>(whole);
  if (!first || !last || *first > *last || (!size && whole != "*") || (size && *last >= *size))
    return std::nullopt;
  return ContentRange{*first, *last, size};
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool is_worth_another_try(int status) {
  return status == 408 || status == 429 || (status >= 500 && status <= 599);
}

void refuse_status(int status, const std::string& who, const std::string& doing) {
  const std::string why = who + " answers with status " + std::to_string(status) + ": " + reason_of(status);
  if (is_worth_another_try(status)) throw Transient(doing, why);
  throw Error(doing, why, advice_on(status, who == "the proxy" ? "one" : "a mirror"));
}

}  // namespace gostrap
