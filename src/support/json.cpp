#include "support/json.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"
#include "support/text.hpp"
#include "support/url.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <set>

namespace gostrap {
namespace {

constexpr std::size_t deepest = 32;
constexpr std::size_t most_values = 2'000'000;  // a byte or two of text is dozens of them in memory

/// Where the parser is in the text.
struct TextPosition {
  std::size_t line = 1;
  std::size_t before =
      1;  ///< the line of the last character but one: a number ends where something else begins
};

/// Reads the text for the parser, which copies its iterators, and keeps count.
class JsonReader {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  JsonReader(const char* at, TextPosition* position) : at_(at), position_(position) {}
  reference operator*() const { return *at_; }
  JsonReader& operator++() {
    position_->before = position_->line;
    if (*at_++ == '\n') ++position_->line;
    return *this;
  }
  JsonReader operator++(int) {
    const JsonReader before = *this;
    ++*this;
    return before;
  }
  bool operator==(const JsonReader& other) const { return at_ == other.at_; }
  bool operator!=(const JsonReader& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  TextPosition* position_;
};

std::string line_text(std::string_view text, std::size_t byte) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
  return std::to_string(1 + std::count(text.begin(), end, '\n'));
}

bool looks_like_markup(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '<';
}

/// Builds the document as the parser goes. The library's own builder looks each key up in a list of all those
/// before it, which for the files of a manifest takes a second; here a set of keys tells which stand twice.
class JsonBuilder final : public nlohmann::json_sax<Json> {
 public:
  /// `way` leads to the value whose line is wanted.
  JsonBuilder(const std::string& name, std::string_view text, const TextPosition& position,
              const std::vector<std::string>* way = nullptr)
      : name_(name), text_(text), position_(position), way_(way) {}

  void leave_out(const std::vector<std::string>& members) { left_out_ = members; }
  Json take() { return std::move(root_); }
  std::size_t line() const { return line_; }

  bool null() override { return put(nullptr, position_.line); }
  bool boolean(bool value) override { return put(value, position_.line); }
  bool number_integer(Json::number_integer_t value) override { return put(value, position_.before); }
  bool number_unsigned(Json::number_unsigned_t value) override { return put(value, position_.before); }
  bool number_float(Json::number_float_t value, const std::string& /*text*/) override {
    return put(value, position_.before);
  }
  bool string(std::string& value) override { return put(std::move(value), position_.line); }
  bool binary(Json::binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return open(Json::object()); }
  bool start_array(std::size_t /*size*/) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& key) override {
    if (leaving_out_) return true;
    check_depth();
    Level& level = levels_.back();
    if (!level.keys.insert(key).second) refuse("the key \"" + key + "\" stands twice in one object");
    auto& members = level.value->get_ref<Json::object_t&>();
    // not emplace(), which looks for the key
    members.push_back(Json::object_t::value_type(key, nullptr));
    level.next = &members.back().second;
    leaving_out_ =
        levels_.size() == 1 && std::find(left_out_.begin(), left_out_.end(), key) != left_out_.end();
    level.step = std::move(key);
    note_line(position_.line);
    return true;
  }

  bool parse_error(std::size_t byte, const std::string& /*token*/,
                   const nlohmann::detail::exception& error) override {
    if (dynamic_cast<const Json::out_of_range*>(&error) != nullptr) {
      throw Error("read " + name_, std::string("a number in it is out of range: ") + error.what());
    }
    std::string why = error.what();
    const std::size_t prose = why.find("syntax error");
    if (prose != std::string::npos) why = why.substr(prose);
    if (looks_like_markup(text_))
      why = "it is a page of HTML or XML, such as a proxy or a sign-in answers with";
    throw Error("read " + name_ + ":" + line_text(text_, byte), "it is not JSON: " + why);
  }

 private:
  struct Level {
    Json* value;                   ///< the object or array
    Json* next = nullptr;          ///< in an object: where the next value goes
    std::string step{};            ///< which value that is, in the words of JsonView's way
    std::set<std::string> keys{};  ///< ordered: keys can be made to collide
  };

  /// Where the next value goes. What it points to stays there as long as it is being built.
  Json* place_of_next(std::size_t line) {
    check_depth();
    if (++values_ > most_values) refuse("it has more than " + std::to_string(most_values) + " values");
    if (values_ % 4096 == 0) check_interrupt();
    if (levels_.empty()) return &root_;
    Level& level = levels_.back();
    if (level.value->is_object()) return level.next;
    auto& items = level.value->get_ref<Json::array_t&>();
    level.step = "[" + std::to_string(items.size()) + "]";
    items.emplace_back();
    note_line(line);
    return &items.back();
  }
  bool put(Json value, std::size_t line) {
    if (leaving_out_) return left_out(0);
    *place_of_next(line) = std::move(value);
    return true;
  }
  bool open(Json empty) {
    if (leaving_out_) return left_out(1);
    Json* const value = place_of_next(position_.line);
    *value = std::move(empty);
    levels_.push_back({value});
    return true;
  }
  bool close() {
    if (leaving_out_) return left_out(-1);
    levels_.pop_back();
    return true;
  }

  /// A value, or an end of one, of a member that is left out; `deeper` levels below the one before.
  bool left_out(int deeper) {
    left_out_depth_ += deeper;
    leaving_out_ = left_out_depth_ > 0;
    return true;
  }

  void check_depth() const {
    if (levels_.size() > deepest) refuse("it is nested deeper than " + std::to_string(deepest) + " levels");
  }
  /// Asked when the last step has just changed.
  void note_line(std::size_t line) {
    const bool there = way_ != nullptr && levels_.size() == way_->size() &&
                       std::equal(way_->begin(), way_->end(), levels_.begin(),
                                  [](const auto& step, const Level& level) { return step == level.step; });
    if (there) line_ = line;
  }
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error("read " + name_ + ":" + std::to_string(position_.line), why);
  }

  const std::string& name_;
  std::string_view text_;
  const TextPosition& position_;
  const std::vector<std::string>* way_;
  Json root_;
  std::vector<Level> levels_;
  std::vector<std::string> left_out_;  ///< members of the whole
  bool leaving_out_ = false;           ///< the parser is in one of them
  int left_out_depth_ = 0;
  std::size_t values_ = 0;
  std::size_t line_ = 1;
};

void parse(std::string_view text, TextPosition& position, JsonBuilder& builder) {
  const JsonReader begin(text.data(), &position);
  const JsonReader end(text.data() + text.size(), &position);
  Json::sax_parse(begin, end, &builder);
}

/// The line on which the value stands to which `way` leads.
std::size_t line_of(std::string_view text, const std::vector<std::string>& way) {
  TextPosition position;
  const std::string name;
  JsonBuilder builder(name, text, position, &way);
  parse(text, position, builder);
  return builder.line();
}

}  // namespace

Json parse_json(std::string_view text, const std::string& name) {
  return parse_json_without({}, text, name);
}

Json parse_json_without(const std::vector<std::string>& without, std::string_view text,
                        const std::string& name) {
  TextPosition position;
  JsonBuilder builder(name, text, position);
  builder.leave_out(without);
  parse(text, position, builder);
  return builder.take();
}

Json read_json(const std::filesystem::path& file) {
  return parse_json(read_file(file), file.string());
}

namespace {

/// JSON keeps what a terminal would act on in a string as it is, from DEL on: as \uXXXX it is the same JSON.
/// What is not ASCII stands in strings only.
std::string with_escapes(std::string_view dumped) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  result.reserve(dumped.size());
  const auto escape = [&](std::uint32_t unit) {
    result += {'\\',
               'u',
               digits[unit >> 12U & 15U],
               digits[unit >> 8U & 15U],
               digits[unit >> 4U & 15U],
               digits[unit & 15U]};
  };
  while (!dumped.empty()) {
    const CodePoint next = first_code_point(dumped);
    const bool stays = next.value == '\n' || next.value == '\t' || is_shown(next.value);
    if (stays) {
      result += dumped.substr(0, next.size);
    } else if (next.value < 0x10000) {
      escape(next.value);
    } else {
      escape(0xd800 + ((next.value - 0x10000) >> 10U));
      escape(0xdc00 + ((next.value - 0x10000) & 0x3ffU));
    }
    dumped.remove_prefix(std::max<std::size_t>(next.size, 1));
  }
  return result;
}

}  // namespace

std::string to_text(const Json& json) {
  return with_escapes(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

std::string to_line(const Json& json) {
  return with_escapes(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json with_secrets_hidden(Json json) {
  if (json.is_string()) return without_secret_urls(std::string_view(json.get_ref<const std::string&>()));
  if (json.is_structured()) {
    for (Json& each : json) each = with_secrets_hidden(std::move(each));
  }
  return json;
}

Digest sri_in(const JsonView& json) {
  const std::optional<Digest> digest = digest_in_sri(json.string());
  if (!digest) json.refuse("it should be \"sha256-\" and 44 characters of base64");
  return *digest;
}

JsonDocument::JsonDocument(std::string text, std::string name)
    : text_(std::move(text)),
      name_(std::move(name)),
      json_(std::make_unique<Json>(parse_json(text_, name_))) {}
JsonDocument::~JsonDocument() = default;

JsonView::JsonView(const JsonView& above, const Json& json, std::string step)
    : json_(json), name_(above.name_), text_(above.text_), way_(above.way_) {
  way_.push_back(std::move(step));
}

std::string JsonView::where() const {
  std::string where = name_;
  if (!text_.empty()) where += ":" + std::to_string(line_of(text_, way_));
  for (const std::string& step : way_) where += (step.starts_with('[') ? "" : ", ") + step;
  return where;
}

void JsonView::refuse(const std::string& why) const {
  throw Error("read " + where(), why);
}

JsonView JsonView::at(const std::string& key) const {
  if (!json_.is_object()) refuse("it should be an object");
  const auto found = json_.find(key);
  if (found == json_.end()) refuse("\"" + key + "\" is missing");
  return {*this, *found, key};
}

bool JsonView::has(const std::string& key) const {
  return json_.is_object() && json_.contains(key);
}

std::string JsonView::string() const {
  if (!json_.is_string()) refuse("it should be a string");
  return json_.get<std::string>();
}

std::string JsonView::string_or(const std::string& key, const std::string& otherwise) const {
  return has(key) ? string(key) : otherwise;
}

bool JsonView::truth() const {
  if (!json_.is_boolean()) refuse("it should be true or false");
  return json_.get<bool>();
}

std::vector<JsonView> JsonView::items() const {
  if (!json_.is_array()) refuse("it should be an array");
  std::vector<JsonView> views;
  for (std::size_t i = 0; i < json_.size(); ++i) {
    views.push_back({*this, json_[i], "[" + std::to_string(i) + "]"});
  }
  return views;
}

std::vector<std::pair<std::string, JsonView>> JsonView::members() const {
  if (!json_.is_object()) refuse("it should be an object");
  std::vector<std::pair<std::string, JsonView>> views;
  for (const auto& [key, value] : json_.items()) views.emplace_back(key, JsonView(*this, value, key));
  return views;
}

}  // namespace gostrap
