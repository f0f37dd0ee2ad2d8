#include "source/proxy.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Variables = std::vector<std::pair<const char*, const char*>>;

/// "HOST:PORT" of the proxy for a URL in a process with these variables, "" for none; or why there cannot be
/// one.
std::string proxy_with(const Variables& variables, const std::string& url,
                       const std::string& by_default = {}) {
  return told_by_child([&] {
    for (const char* name : {"http_proxy", "https_proxy", "no_proxy", "all_proxy", "HTTP_PROXY",
                             "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"}) {
      ::unsetenv(name);
    }
    for (const auto& [name, value] : variables) ::setenv(name, value, 1);
    const auto proxy = proxy_for(url, by_default, "fetch");
    return proxy ? proxy->host + ":" + proxy->port : "";
  });
}

}  // namespace

TEST_CASE("the scheme decides which variable counts, small letters before capitals") {
  CHECK(proxy_with({{"http_proxy", "http://p:3128"}}, "http://x/go") == "p:3128");
  CHECK(proxy_with({{"https_proxy", "http://me:secret@p:3128/"}}, "https://x/go") == "p:3128");
  CHECK(proxy_with({{"http_proxy", "http://p:3128"}}, "https://x/go") == "");
  CHECK(proxy_with({{"HTTP_PROXY", "p"}}, "http://x/go") == "p:80");
  CHECK(proxy_with({{"HTTP_PROXY", "b:1"}, {"http_proxy", "a:1"}}, "http://x/go") == "a:1");
  CHECK(proxy_with({{"all_proxy", "p:1"}}, "https://x/go") == "p:1");
  CHECK(proxy_with({{"http_proxy", "http://[::1]:8080"}}, "http://x/go") == "::1:8080");
  CHECK(proxy_with({{"http_proxy", "p:1"}, {"all_proxy", "p:1"}}, "git://x/go") == "");
  CHECK(proxy_with({{"http_proxy", "p:1"}}, "/x/go") == "");
  CHECK(proxy_with({{"http_proxy", "socks5://p:1"}}, "git@x:go") == "");
}

TEST_CASE("git's own setting counts where the environment says nothing") {
  CHECK(proxy_with({}, "http://x/go", "http://p:1") == "p:1");
  CHECK(proxy_with({{"http_proxy", "q:1"}}, "http://x/go", "http://p:1") == "q:1");
  CHECK(proxy_with({{"no_proxy", "x"}}, "http://x/go", "http://p:1") == "");
}

TEST_CASE("a proxy of another kind is refused, without its password") {
  const std::string error = proxy_with({{"https_proxy", "socks5://me:secret@p:1"}}, "https://x/go");
  CHECK(contains(error, "\"socks5\""));
  CHECK_FALSE(contains(error, "secret"));
  const std::string advice = told_by_child([] {
    ::setenv("https_proxy", "socks5://me:secret@p:1", 1);
    return error_of([] { proxy_for("https://x/go", "", "fetch"); });
  });
  CHECK(contains(advice, "no_proxy to x"));
  CHECK_FALSE(contains(advice, "secret"));
}

TEST_CASE("no_proxy lists hosts, domains and ports") {
  for (const std::string list : {"x.org", ".org", "org", "a,x.org", "a, x.org", "*", "x.org:443"}) {
    CHECK_MESSAGE(is_listed("x.org", "443", list), list);
  }
  for (const std::string list : {"", ",", "y.org", "ax.org", "x.or", ".x.org.", "x.org:80", "rg"}) {
    CHECK_MESSAGE(!is_listed("x.org", "443", list), list);
  }
  CHECK(is_listed("::1", "443", "::1"));
}
