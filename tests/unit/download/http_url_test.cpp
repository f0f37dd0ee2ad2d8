#include "download/http_url.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string refusal(const std::string& url) {
  return error_of([&] { parse_http_url(url, "download it"); });
}

std::string leads(const std::string& from, const std::string& location) {
  try {
    return redirected(parse_http_url(from, "x"), location, "x").text;
  } catch (const Error& error) {
    return error.why();
  }
}

}  // namespace

TEST_CASE("a URL has a host and a port") {
  const HttpUrl url = parse_http_url("HTTPS://me:pw@Example.org/a?b#c", "x");
  CHECK(url.scheme == "https");
  CHECK(url.place() == "Example.org:443");
  CHECK_FALSE(contains(url.text, "#c"));
  CHECK(parse_http_url("http://[::1]:8080/", "x").place() == "[::1]:8080");
}

TEST_CASE("only http and https are downloaded from") {
  CHECK(contains(refusal("file:///etc/passwd"), "cannot download it: file:// is not a way to download"));
  CHECK(contains(refusal("ftp://x/go.zip"), "ftp:// is not a way to download a file"));
  CHECK(contains(refusal("gopher://x/1"), "There are http:// and https://"));
  for (const std::string url : {"", "go.tar.gz", "/go.tar.gz", "http://", "https://x y/", "http://x:99999/"})
    CHECK_MESSAGE(contains(refusal(url), "it is no URL"), url);
}

TEST_CASE("a server may lead anywhere, but not from https to http, nor to what is neither") {
  CHECK(leads("http://x/a/b", "c") == "http://x/a/c");
  CHECK(leads("http://x/a/b", "/c?d") == "http://x/c?d");
  CHECK(leads("https://me:secret@x/a", "//y/c") == "https://y/c");
  CHECK(leads("http://x/a", "https://y/c") == "https://y/c");
  CHECK(leads("http://x/a", "http://y:8/c") == "http://y:8/c");
  CHECK(contains(leads("https://x/a", "http://x/a"), "from https to what anybody on the way can change"));
  CHECK(contains(leads("https://x/a", "HTTP://y/?key=secret"), "http://y/?key=***"));
  CHECK(contains(leads("http://x/a", "file:///etc/passwd"), "only http:// and https:// are followed"));
  CHECK(contains(leads("http://x/a", "ftp://x/a"), "only http:// and https:// are followed"));
  CHECK(contains(leads("http://x/a", ""), "does not say where"));
}
