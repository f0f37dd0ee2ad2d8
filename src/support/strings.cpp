#include "support/strings.hpp"

namespace gostrap {

Split::Iterator::Iterator(std::optional<std::string_view> rest, std::string_view separators)
    : rest_(rest), separators_(separators) {
  ++*this;
}

Split::Iterator& Split::Iterator::operator++() {
  there_ = rest_.has_value();
  if (!there_) return *this;
  const std::size_t end =
      separators_.size() == 1 ? rest_->find(separators_.front()) : rest_->find_first_of(separators_);
  part_ = rest_->substr(0, end);
  if (end == std::string_view::npos) {
    rest_.reset();
  } else {
    rest_->remove_prefix(end + 1);
  }
  return *this;
}

std::vector<std::string> Split::copied() const {
  std::vector<std::string> parts;
  for (const std::string_view part : *this) parts.emplace_back(part);
  return parts;
}

Split split(std::string_view text, std::string_view separators) {
  return {text, separators};
}

Split lines_of(std::string_view text) {
  if (text.empty()) return {std::nullopt, "\n"};
  if (text.ends_with('\n')) text.remove_suffix(1);
  return {text, "\n"};
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

std::string without_trailing(std::string_view text, std::string_view unwanted) {
  return std::string(text.substr(0, text.find_last_not_of(unwanted) + 1));
}

std::string enumeration(const std::vector<std::string>& parts, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? last : ", ";
    text += parts[i];
  }
  return text;
}

std::string counted(std::size_t number, const std::string& one, const std::string& many) {
  return std::to_string(number) + " " + (number == 1 ? one : many.empty() ? one + "s" : many);
}

}  // namespace gostrap
