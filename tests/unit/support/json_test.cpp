#include "support/json.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string parse_error(const std::string& text) {
  return error_of([&] { parse_json(text, "file.json"); });
}

}  // namespace

TEST_CASE("what is not JSON is refused, with file and line") {
  CHECK(contains(parse_error("{\n  \"a\": 1,\n  b\n}"), "read file.json:3"));
  CHECK(contains(parse_error(""), "not JSON"));
  CHECK(contains(parse_error("{\"a\": 1"), "file.json:1"));
  CHECK(contains(parse_error("{} {}"), "not JSON"));
  CHECK(contains(parse_error("\n<!doctype html>"), "not JSON: it is a page of HTML or XML"));
  CHECK(contains(parse_error("// comment\n{}"), "not JSON"));
  CHECK(contains(parse_error("\"\xff\""), "not JSON"));
  CHECK(contains(parse_error("[1e999]"), "file.json"));
}

TEST_CASE("a key that stands twice is refused: which one would count?") {
  CHECK(contains(parse_error(R"({"a": 1, "a": 1})"), "\"a\" stands twice"));
  CHECK(contains(parse_error("{\n\"a\": 1,\n\n\"a\": 1}"), "file.json:4"));
  CHECK(contains(parse_error(R"({"b": [{"a": 1, "c": 2, "a": 3}]})"), "\"a\" stands twice"));
  CHECK(parse_error(R"({"a": {"a": 1}, "b": {"a": 1}})").empty());
}

TEST_CASE("nesting is bounded") {
  const auto nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
  CHECK(parse_error(nested(30)).empty());
  CHECK(contains(parse_error(nested(40)), "deeper than"));
  CHECK(contains(parse_error("[\n" + nested(40) + "]"), "file.json:2"));
  CHECK(contains(parse_error(nested(1'000'000)), "deeper than"));
}

TEST_CASE("a view says where in the document a value is wrong") {
  const Json json = parse_json(R"({"list": [{"name": "x"}, {"name": 1}], "yes": true})", "file.json");
  const JsonView view(json, "file.json");
  CHECK(view.at("list").items().at(0).string("name") == "x");
  CHECK(view.at("yes").truth());
  const auto why = [&](auto action) { return error_of(action); };
  CHECK(contains(why([&] { view.at("list").items().at(1).string("name"); }),
                 "cannot read file.json, list[1], name: it should be a string"));
  CHECK(contains(why([&] { view.at("nothing"); }), "cannot read file.json: \"nothing\" is missing"));
  CHECK(contains(why([&] { view.at("list").at("a"); }), "file.json, list: it should be an object"));
  CHECK(contains(why([&] { view.at("list").members(); }), "it should be an object"));
  CHECK(contains(why([&] { view.at("yes").items(); }), "it should be an array"));
  CHECK(contains(why([&] { view.at("list").truth(); }), "true or false"));
}

TEST_CASE("with its text at hand, a view says on which line a value stands") {
  const JsonDocument document(R"({
  "a": {"x": 1,
    "b": [
      1,
      2
      , [ "deep",
        7 ],
      {"c": null}
    ]},
  "x": "\n",
  "b":
    3})",
                              "file.json");
  const JsonView view = document.view();
  const auto line = [](const JsonView& value) {
    const std::string where = value.where();
    return where.substr(10, where.find(',') - 10);
  };
  CHECK(view.where() == "file.json:1");
  CHECK(line(view.at("a")) == "2");
  CHECK(line(view.at("a").at("x")) == "2");
  CHECK(line(view.at("x")) == "10");
  CHECK(line(view.at("b")) == "11");
  const std::vector<JsonView> items = view.at("a").at("b").items();
  CHECK(items.at(1).where() == "file.json:5, a, b[1]");
  CHECK(line(items.at(0)) == "4");
  CHECK(line(items.at(2)) == "6");
  CHECK(items.at(2).items().at(1).where() == "file.json:7, a, b[2][1]");
  CHECK(contains(error_of([&] { items.at(3).at("c").string(); }),
                 "cannot read file.json:8, a, b[3], c: it should be a string"));
}

TEST_CASE("what may be missing") {
  const Json json = parse_json(R"({"there": "x", "wrong": 1})", "file.json");
  const JsonView view(json, "file.json");
  CHECK(view.has("there"));
  CHECK_FALSE(view.has("nothing"));
  CHECK(view.string_or("there", "y") == "x");
  CHECK(view.string_or("nothing", "y") == "y");
  CHECK(contains(error_of([&] { view.string_or("wrong", "y"); }), "it should be a string"));
}

TEST_CASE("members come in the order of the file") {
  const Json json = parse_json(R"({"z": 1, "a": 2})", "file.json");
  const auto members = JsonView(json, "file.json").members();
  CHECK(members.at(0).first == "z");
  CHECK(members.at(1).first == "a");
  CHECK(members.at(1).second.where() == "file.json, a");
}

TEST_CASE("text that is written reads back the same") {
  const Json json = parse_json(R"({"z": [1, 2], "a": "\u00e9\n"})", "file.json");
  const std::string text = to_text(json);
  CHECK(text.back() == '\n');
  CHECK(parse_json(text, "again") == json);
}

TEST_CASE("members of the whole can be left out: null stands for them, and the others are as they were") {
  const std::string text =
      R"({"a": 1, "left": {"left": [1, {"b": []}], "x": {}}, "b": {"left": 2}, "short": 7, "c": [3]})";
  CHECK(parse_json_without({"left", "short"}, text, "x") ==
        Json::parse(R"({"a": 1, "left": null, "b": {"left": 2}, "short": null, "c": [3]})"));
  CHECK(parse_json_without({}, text, "x") == parse_json(text, "x"));
  CHECK(contains(error_of([] { parse_json_without({"left"}, "{\"left\": [1,\n}", "x"); }), "read x:2"));
  CHECK(contains(error_of([] { parse_json_without({"left"}, R"({"left": 1, "left": 2})", "x"); }),
                 "stands twice"));
}

TEST_CASE("read_json names the file") {
  const Scratch scratch;
  CHECK(read_json(scratch.file("good", "[1]")) == Json::array({1}));
  CHECK(contains(error_of([&] { read_json(scratch.file("bad", "[1")); }), (scratch / "bad").string() + ":1"));
  CHECK(contains(error_of([&] { read_json(scratch / "nothing"); }), "No such file"));
}

TEST_CASE("bytes that are not UTF-8 do not end the writing of a document") {
  const Json json{{"path", "/a\xff"}, {"k\xc3", 1}};
  CHECK(to_text(json) == "{\n  \"path\": \"/a\xef\xbf\xbd\",\n  \"k\xef\xbf\xbd\": 1\n}\n");
}

TEST_CASE("a terminal cannot act on a document, and it is the same document") {
  const Json json{{"a",
                   "\xc2\x9b"
                   "2J\x7f\xe2\x80\xae\x1b\xf3\xa0\x81\x81 Ä…"}};
  CHECK(to_line(json) == "{\"a\":\"\\u009b2J\\u007f\\u202e\\u001b\\udb40\\udc41 Ä…\"}");
  CHECK(parse_json(to_line(json), "x") == json);
}

TEST_CASE("secrets in URLs are hidden from those who watch") {
  const Json json{{"origins", {"https://tok@host/x?a=b"}}};
  CHECK(to_line(with_secrets_hidden(json)) == R"({"origins":["https://***@host/x?a=***"]})");
}

TEST_CASE("values are counted: a few bytes of text are many in memory") {
  std::string text = "{\"x\": [[]";
  for (int i = 0; i < 2'000'000; ++i) text += ",[]";
  CHECK(contains(error_of([&] { parse_json(text + "]}", "x"); }), "more than 2000000 values"));
}
