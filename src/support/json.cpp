#include "support/json.hpp"

#include "support/error.hpp"
#include "support/files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <set>

namespace gostrap {
namespace {

constexpr int deepest = 32;

/// Where the parser is in the text.
struct Place {
  std::size_t line = 1;
  std::size_t before =
      1;  ///< the line of the last character but one: a number ends where something else begins
};

/// Reads the text for the parser, which copies its iterators, and keeps count.
class Reader {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Reader(const char* at, Place* place) : at_(at), place_(place) {}
  reference operator*() const { return *at_; }
  Reader& operator++() {
    place_->before = place_->line;
    if (*at_++ == '\n') ++place_->line;
    return *this;
  }
  Reader operator++(int) {
    const Reader before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Reader& other) const { return at_ == other.at_; }
  bool operator!=(const Reader& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  Place* place_;
};

using Event = Json::parse_event_t;

/// Follows the parser: which value it is at, in the words of JsonView's way. Refuses what is nested too deep
/// and keys that stand twice.
class Follower {
 public:
  Follower(const std::string& name, const Place& place) : name_(name), place_(place) {}

  /// True when the way leads to another value now.
  bool follow(int depth, Event event, const Json& value) {
    if (depth > deepest) refuse("it is nested deeper than " + std::to_string(deepest) + " levels");
    if (event == Event::object_end || event == Event::array_end) {
      levels_.pop_back();
      return false;
    }
    bool moved = event == Event::key;
    if (moved) {
      levels_.back().step = value.get<std::string>();
      if (!levels_.back().keys.insert(levels_.back().step).second) {
        refuse("the key \"" + levels_.back().step + "\" stands twice in one object");
      }
    } else if (!levels_.empty() && levels_.back().array) {
      levels_.back().step = "[" + std::to_string(levels_.back().items++) + "]";
      moved = true;
    }
    line_ = event == Event::value && value.is_number() ? place_.before : place_.line;
    if (event == Event::object_start) levels_.push_back({});
    if (event == Event::array_start) levels_.push_back({true});
    return moved;
  }

  /// Whether the value is the one to which that way leads; asked when the way has just changed.
  bool is_at(const std::vector<std::string>& way, Event event) const {
    const bool entered = event == Event::object_start || event == Event::array_start;
    const std::size_t levels = levels_.size() - (entered ? 1 : 0);
    return levels == way.size() &&
           std::equal(way.begin(), way.end(), levels_.begin(),
                      [](const auto& step, const Level& level) { return step == level.step; });
  }
  std::size_t line() const { return line_; }

 private:
  struct Level {
    bool array = false;
    std::size_t items = 0;
    std::string step{};
    std::set<std::string> keys{};
  };
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error("read " + name_ + ":" + std::to_string(place_.line), why);
  }

  const std::string& name_;
  const Place& place_;
  std::size_t line_ = 1;
  std::vector<Level> levels_;
};

template <class Seen>
Json parse(std::string_view text, const std::string& name, Seen&& seen) {
  Place place;
  Follower follower(name, place);
  const Reader begin(text.data(), &place);
  const Reader end(text.data() + text.size(), &place);
  return Json::parse(begin, end, [&](int depth, Event event, Json& value) {
    if (follower.follow(depth, event, value)) seen(follower, event);
    return true;
  });
}

/// The line on which the value stands to which `way` leads.
std::size_t line_of(std::string_view text, const std::vector<std::string>& way) {
  std::size_t line = 1;
  if (way.empty()) return line;
  parse(text, "", [&](const Follower& follower, Event event) {
    if (follower.is_at(way, event)) line = follower.line();
  });
  return line;
}

std::string line_text(std::string_view text, std::size_t byte) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
  return std::to_string(1 + std::count(text.begin(), end, '\n'));
}

}  // namespace

Json parse_json(std::string_view text, const std::string& name) {
  try {
    return parse(text, name, [](const Follower&, Event) {});
  } catch (const Json::parse_error& error) {
    std::string why = error.what();
    const std::size_t prose = why.find("syntax error");
    if (prose != std::string::npos) why = why.substr(prose);
    throw Error("read " + name + ":" + line_text(text, error.byte), "it is not JSON: " + why);
  } catch (const Json::out_of_range& error) {
    throw Error("read " + name, std::string("a number in it is out of range: ") + error.what());
  }
}

Json read_json(const std::filesystem::path& file) {
  return parse_json(read_file(file), file.string());
}

std::string to_text(const Json& json) {
  return json.dump(2) + "\n";
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

std::string JsonView::text() const {
  if (!json_.is_string()) refuse("it should be a string");
  return json_.get<std::string>();
}

std::string JsonView::text_or(const std::string& key, const std::string& otherwise) const {
  return has(key) ? text(key) : otherwise;
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
