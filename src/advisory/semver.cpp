#include "advisory/semver.hpp"

#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {
namespace {

constexpr std::size_t longest = 256;

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string without_zeros(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? "0" : std::string(digits.substr(first));
}

/// Of numbers without zeros before them.
std::strong_ordering compare_numbers(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() <=> b.size() : a.compare(b) <=> 0;
}

/// Numbers stand before words.
std::strong_ordering compare_identifiers(const std::string& a, const std::string& b) {
  if (is_number(a) && is_number(b)) return compare_numbers(without_zeros(a), without_zeros(b));
  if (is_number(a) != is_number(b))
    return is_number(a) ? std::strong_ordering::less : std::strong_ordering::greater;
  return a.compare(b) <=> 0;
}

bool is_identifier(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char each) {
    return (each >= '0' && each <= '9') || (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
           each == '-';
  });
}

}  // namespace

std::strong_ordering Semver::operator<=>(const Semver& other) const {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (const auto order = compare_numbers(numbers[i], other.numbers[i]); order != 0) return order;
  }
  // a release comes after its candidates
  if (pre.empty() || other.pre.empty()) return other.pre.size() <=> pre.size();
  for (std::size_t i = 0; i < std::min(pre.size(), other.pre.size()); ++i) {
    if (const auto order = compare_identifiers(pre[i], other.pre[i]); order != 0) return order;
  }
  return pre.size() <=> other.pre.size();
}

std::optional<Semver> parse_semver(std::string_view text) {
  if (text.size() > longest) return std::nullopt;
  if (text.starts_with('v')) text.remove_prefix(1);
  text = text.substr(0, text.find('+'));
  Semver version;
  const std::size_t dash = text.find('-');
  std::size_t count = 0;
  for (const std::string_view number : split(text.substr(0, dash), ".")) {
    if (count == version.numbers.size() || !is_number(number)) return std::nullopt;
    version.numbers[count++] = without_zeros(number);
  }
  if (count == 0) return std::nullopt;
  if (dash == std::string_view::npos) return version;
  for (const std::string_view each : split(text.substr(dash + 1), ".")) {
    if (!is_identifier(each)) return std::nullopt;
    version.pre.emplace_back(each);
  }
  return version.pre.empty() ? std::nullopt : std::optional(version);
}

Semver semver_of(const Version& version) {
  Semver semver;
  semver.numbers = {std::to_string(version.major), std::to_string(version.minor),
                    std::to_string(version.patch)};
  if (version.stage != Version::released) {
    const bool candidate = version.stage >= 1000;
    semver.pre = {candidate ? "rc" : "beta", std::to_string(version.stage % 1000)};
  }
  return semver;
}

}  // namespace gostrap
