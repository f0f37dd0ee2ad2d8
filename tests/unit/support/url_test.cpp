#include "support/url.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE("whoever is named in a URL is hidden, since a token may stand there") {
  CHECK(without_secrets("https://ghp_SECRET@github.com/golang/go") == "https://***@github.com/golang/go");
  CHECK(without_secrets("https://user:secret@host:8443/x") == "https://***@host:8443/x");
  CHECK(without_secrets("https://:secret@host/x") == "https://***@host/x");
  CHECK(without_secrets("https://a@b:secret@host/x") == "https://***@host/x");
  CHECK(without_secrets("ssh://tok@host/x") == "ssh://***@host/x");
  CHECK(without_secrets("tok@host:x/y") == "***@host:x/y");
  CHECK(without_secrets("ghp_SECRET@github.com/golang/go") == "***@github.com/golang/go");
}

TEST_CASE("a password with a slash or a question mark in it is hidden as well") {
  CHECK(without_secrets("https://user:se/cr?et@host/x") == "https://***@host/x");
  CHECK(without_secrets("https://user:se#cret@host/x?a=b") == "https://***@host/x?a=***");
}

TEST_CASE("values of a query, and fragments, are hidden") {
  CHECK(without_secrets("https://host/x?access_token=abc&v=1") == "https://host/x?access_token=***&v=***");
  CHECK(without_secrets("https://host/x?abc") == "https://host/x?***");
  CHECK(without_secrets("https://host/x#abc") == "https://host/x#***");
  CHECK(without_secrets("https://host?a=b#c") == "https://host?a=***#***");
}

TEST_CASE("what is no secret stays") {
  for (const char* const url : {"https://go.googlesource.com/go", "http://127.0.0.1:8080/x",
                                "http://[::1]:80/x", "git@github.com:golang/go", "ssh://git@host/x",
                                "file:///a@b/c?d#e", "../mirror", "https://host/a@b", "host:path", ""}) {
    CHECK(without_secrets(url) == url);
  }
}

TEST_CASE("URLs are found in a text") {
  CHECK(without_secret_urls(
            "cannot fetch from https://tok@host/x: \"http://a:b@c\" (git://t@d/e?k=v), and more") ==
        "cannot fetch from https://***@host/x: \"http://***@c\" (git://***@d/e?k=***), and more");
  CHECK(without_secret_urls("a://") == "a://");
  CHECK(without_secret_urls("://x@y and x@y") == "://x@y and x@y");
  CHECK(without_secret_urls("--from https://host/x.") == "--from https://host/x.");
}
