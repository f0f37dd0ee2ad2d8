#include "program/build_info.hpp"

#include "support/error.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace gostrap {
namespace {

// cmd/go/internal/modload/build.go: infoStart, infoEnd
constexpr std::string_view info_start = "\x30\x77\xaf\x0c\x92\x74\x08\x02\x41\xe1\xc1\x07\xe6\xd6\x18\xe6";
constexpr std::string_view info_end("\xf9\x32\x43\x31\x86\x18\x20\x72\x00\x82\x42\x10\x41\x16\xd8\xf2", 16);
static_assert(info_start.size() == 16);

std::string quoted_if(const std::string& text, const char* trouble, bool also_empty) {
  const bool quote = (also_empty && text.empty()) || text.find_first_of(trouble) != std::string::npos;
  return quote ? go_quoted(text) : text;
}

void write_module(std::string& out, const char* word, const BuildModule& module) {
  out += std::string(word) + "\t" + module.path + "\t" + module.version;
  if (module.replacement.empty()) {
    out += "\t" + module.sum;
  } else {
    out += "\n";
    write_module(out, "=>", module.replacement.front());
  }
  out += "\n";
}

// A large program has thousands of modules, and each some twenty settings.
constexpr std::size_t most_modules = 100'000;
constexpr std::size_t most_settings = 1000;

class BuildInfoReader {
 public:
  explicit BuildInfoReader(std::string_view text) : text_(text) {}

  BuildInfo read() {
    while (!text_.empty()) {
      const std::size_t end = text_.find('\n');
      if (end == std::string_view::npos) break;
      ++number_;
      line(text_.substr(0, end));
      text_.remove_prefix(end + 1);
    }
    return std::move(info_);
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error("read Go's build information, line " + std::to_string(number_), why);
  }

  void line(std::string_view line) {
    const std::size_t tab = line.find('\t');
    const std::string_view word = line.substr(0, tab);
    const std::string_view rest = tab == std::string_view::npos ? "" : line.substr(tab + 1);
    if (word == "path") {
      info_.path = rest;
    } else if (word == "mod") {
      info_.main = module(rest);
      last_ = &*info_.main;
    } else if (word == "dep") {
      if (info_.dependencies.size() >= most_modules)
        refuse("there are more than " + std::to_string(most_modules) + " modules in it");
      info_.dependencies.push_back(module(rest));
      last_ = &info_.dependencies.back();
    } else if (word == "=>") {
      if (last_ == nullptr) refuse("a replacement stands without its module");
      last_->replacement = {module(rest)};
      last_ = nullptr;
    } else if (word == "build") {
      setting(rest);
    }
  }

  BuildModule module(std::string_view columns) const {
    const std::vector<std::string> words = split(columns, "\t").copied();
    if (words.size() != 2 && words.size() != 3) refuse("a module has two or three columns");
    return {words[0], words[1], words.size() == 3 ? words[2] : "", {}};
  }

  void setting(std::string_view text) {
    std::string key = word(text, "=");
    if (text.empty() || text.front() != '=') refuse("a setting has a key and a value");
    text.remove_prefix(1);
    if (info_.settings.size() >= most_settings)
      refuse("there are more than " + std::to_string(most_settings) + " settings in it");
    info_.settings.emplace_back(std::move(key), word(text, ""));
  }

  /// Takes a plain or quoted word from the front.
  std::string word(std::string_view& text, const char* ends) const {
    if (text.empty() || text.front() != '"') {
      const std::size_t end = std::min(text.find_first_of(ends), text.size());
      const std::string plain(text.substr(0, end));
      text.remove_prefix(end);
      return plain;
    }
    std::string result;
    std::size_t at = 1;
    while (at < text.size() && text[at] != '"') result += character(text, at);
    if (at >= text.size()) refuse("a quote is not closed");
    text.remove_prefix(at + 1);
    return result;
  }

  char character(std::string_view text, std::size_t& at) const {
    if (text[at] != '\\') return text[at++];
    if (at + 1 >= text.size()) refuse("a quote is not closed");
    constexpr std::string_view letters = "abfnrtv\\\"";
    constexpr std::string_view meanings = "\a\b\f\n\r\t\v\\\"";
    const char letter = text[at + 1];
    if (const std::size_t which = letters.find(letter); which != std::string_view::npos) {
      at += 2;
      return meanings[which];
    }
    unsigned value = 0;
    const std::string digits(text.substr(at + 2, 2));
    if (letter != 'x' || digits.size() != 2 || std::sscanf(digits.c_str(), "%2x", &value) != 1)
      refuse("there is no such escape");
    at += 4;
    return static_cast<char>(value);
  }

  std::string_view text_;
  BuildInfo info_;
  BuildModule* last_ = nullptr;
  std::size_t number_ = 0;
};

}  // namespace

std::string BuildInfo::setting(const std::string& key) const {
  const auto there =
      std::find_if(settings.begin(), settings.end(), [&](const auto& each) { return each.first == key; });
  return there == settings.end() ? "" : there->second;
}

std::string text(const BuildInfo& info) {
  std::string out;
  if (!info.path.empty()) out += "path\t" + info.path + "\n";
  if (info.main) write_module(out, "mod", *info.main);
  for (const BuildModule& module : info.dependencies) write_module(out, "dep", module);
  for (const auto& [key, value] : info.settings)
    out +=
        "build\t" + quoted_if(key, "= \t\r\n\"`", true) + "=" + quoted_if(value, " \t\r\n\"`", false) + "\n";
  return out;
}

BuildInfo parse_build_info(std::string_view text) {
  return BuildInfoReader(text).read();
}

std::string go_quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += std::string("\\") + c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (byte >= 0x20 && byte < 0x7f) {
      result += c;
    } else {
      std::array<char, 5> escape{};
      std::snprintf(escape.data(), escape.size(), "\\x%02x", byte);
      result += escape.data();
    }
  }
  return result + "\"";
}

std::string module_data(const std::string& build_info) {
  return std::string(info_start) + build_info + std::string(info_end);
}

std::optional<std::string> find_marked(std::string_view bytes) {
  const std::size_t start = bytes.find(info_start);
  if (start == std::string_view::npos) return std::nullopt;
  const std::size_t end = bytes.find(info_end, start);
  if (end == std::string_view::npos) return std::nullopt;
  return std::string(bytes.substr(start + info_start.size(), end - start - info_start.size()));
}

std::optional<std::string> without_marks(std::string_view module_data) {
  if (module_data.size() < 33 || module_data[module_data.size() - 17] != '\n') return std::nullopt;
  return std::string(module_data.substr(16, module_data.size() - 32));
}

}  // namespace gostrap
