#include "archive/untrusted_name.hpp"

#include "support/text.hpp"

#include <utf8proc.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace gostrap {
namespace {

constexpr std::size_t longest_path = 4096;
constexpr std::size_t longest_component = 255;
constexpr std::size_t longest_shown = 200;

bool is_ascii(std::string_view text) {
  for (const char each : text) {
    if (static_cast<unsigned char>(each) >= 0x80) return false;
  }
  return true;
}

}  // namespace

std::string why_unsafe_path(std::string_view path) {
  if (path.empty()) return "is empty";
  if (path.size() > longest_path) {
    return "is " + std::to_string(path.size()) + " bytes long, and " + std::to_string(longest_path) +
           " is the limit";
  }
  if (path.find('\0') != std::string_view::npos) return "has a NUL byte in it";
  if (path.front() == '/') return "is absolute";
  if (!is_utf8(path)) return "is not in UTF-8";
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view component = path.substr(0, slash);
    if (component.empty()) return "has an empty component";
    if (component == ".") return "has a component \".\"";
    if (component == "..") return "leads out of the source (\"..\")";
    if (component.size() > longest_component) {
      return "has a component of " + std::to_string(component.size()) + " bytes, and " +
             std::to_string(longest_component) + " is the limit";
    }
    if (slash == std::string_view::npos) return {};
    path.remove_prefix(slash + 1);
  }
}

std::string why_unsafe_link(std::string_view path, std::string_view target) {
  if (target.empty()) return "points nowhere";
  if (target.size() > longest_path) return "points to a path that is too long";
  if (target.find('\0') != std::string_view::npos) return "points to a name with a NUL byte in it";
  if (target.front() == '/') return "points to an absolute path, out of the source";
  if (!is_utf8(target)) return "points to a name that is not in UTF-8";
  std::size_t above = 0;  // how many directories it can climb
  for (const char each : path) above += each == '/' ? 1 : 0;
  bool climbing = true;
  while (true) {
    const std::size_t slash = target.find('/');
    const std::string_view component = target.substr(0, slash);
    if (component == "..") {
      if (!climbing) return "has \"..\" behind a name in its target";
      if (above-- == 0) return "points out of the source";
    } else if (!component.empty() && component != ".") {
      climbing = false;
    }
    if (slash == std::string_view::npos) return {};
    target.remove_prefix(slash + 1);
  }
}

std::string folded_case(std::string_view name) {
  std::string folded(name);
  if (is_ascii(name)) {
    for (char& each : folded) each = each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
    return folded;
  }
  utf8proc_uint8_t* raw = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                   static_cast<utf8proc_ssize_t>(name.size()), &raw, UTF8PROC_CASEFOLD);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> held(raw, &std::free);
  if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (size < 0) return folded;  // not UTF-8: not a name that is let in anyway
  return folded.assign(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size));
}

std::string in_quotes(std::string_view name) {
  const bool whole = name.size() <= longest_shown;
  return "\"" + on_one_line(name, longest_shown) +
         (whole ? "\"" : "\" (" + std::to_string(name.size()) + " bytes)");
}

std::string printable(std::string_view text) {
  return on_one_line(text, longest_shown);
}

}  // namespace gostrap
