#include "download/http_answer.hpp"

#include "support/patience.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

HttpAnswer answer_of(const std::vector<std::string>& lines) {
  HttpAnswer answer;
  for (const std::string& line : lines) take_head_line(line + "\r\n", answer);
  return answer;
}

std::string range(const std::string& text) {
  const auto found = parse_content_range(text);
  if (!found) return "none";
  return std::to_string(found->first) + "-" + std::to_string(found->last) + "/" +
         (found->size ? std::to_string(*found->size) : "*");
}

bool is_transient(int status) {
  try {
    refuse_status(status, "the server", "x");
  } catch (const Transient&) {
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

TEST_CASE("of a head the last answer counts, and names in any case") {
  const HttpAnswer answer =
      answer_of({"HTTP/1.1 103 Early Hints", "ETag: \"no\"", "", "HTTP/2 206", "etag:  \"a\"  ",
                 "CONTENT-LENGTH: 12", "last-modified: Mon", "Location: /x", "Content-Range: bytes 1-2/3"});
  CHECK(answer.status == 206);
  CHECK(answer.etag == "\"a\"");
  CHECK(answer.length == 12);
  CHECK(answer.last_modified == "Mon");
  CHECK(answer.location == "/x");
  CHECK(answer.content_range == "bytes 1-2/3");
  CHECK(answer_of({"HTTP/1.1 200 OK", "Content-Length: -1"}).length == std::nullopt);
  CHECK(answer_of({"HTTP/1.1 200 OK", "Content-Length: 1, 1"}).length == std::nullopt);
  CHECK(answer_of({"HTTP/1.1", "nonsense"}).status == 0);
}

TEST_CASE("a strong ETag tells a state of a file, else the hour") {
  CHECK(validator_of({200, "\"a\"", "Mon", {}, {}, {}}) == "\"a\"");
  CHECK(validator_of({200, "W/\"a\"", "Mon", {}, {}, {}}) == "Mon");
  CHECK(validator_of({200, "a", "Mon", {}, {}, {}}) == "Mon");
  CHECK(validator_of({200, "\"\x01\"", {}, {}, {}, {}}).empty());
  CHECK(validator_of({200, "\"" + std::string(2000, 'a') + "\"", {}, {}, {}, {}}).empty());
  CHECK(validator_of({}).empty());
}

TEST_CASE("a Content-Range is read strictly") {
  CHECK(range("bytes 100-999/1000") == "100-999/1000");
  CHECK(range("Bytes 0-0/*") == "0-0/*");
  for (const std::string text :
       {"", "bytes", "bytes */1000", "bytes 5-4/9", "bytes 0-9/9", "bytes 0-/9", "bytes -5/9", "items 0-1/2",
        "bytes 0-1", "bytes 0-1/", "bytes 0-1/x", "bytes 0 - 1/2", "bytes 0-99999999999999999999/*",
        "bytes -1-1/9", "bytes 1/2-3"}) {
    CHECK_MESSAGE(range(text) == "none", text);
  }
}

TEST_CASE("another try makes sense where the server has trouble of its own") {
  for (const int status : {408, 429, 500, 502, 503, 504, 599}) CHECK_MESSAGE(is_transient(status), status);
  for (const int status : {0, 204, 304, 400, 401, 403, 404, 410, 416, 600})
    CHECK_MESSAGE(!is_transient(status), status);
}

TEST_CASE("a refusal says what the status means") {
  const std::string lost = error_of([] { refuse_status(404, "the server", "download x"); });
  CHECK(contains(lost, "cannot download x: the server answers with status 404: it has no such file"));
  CHECK(contains(lost, "Is the address right?"));
  CHECK(contains(error_of([] { refuse_status(407, "the proxy", "x"); }), "name one that needs none"));
}
