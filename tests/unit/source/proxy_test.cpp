#include "source/proxy.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// The proxy's host and port for a URL, in a process with these variables.
bool leads_to(const std::string& expected, const std::string& url,
              const std::vector<std::pair<const char*, const char*>>& variables,
              const std::string& by_default = {}) {
  return in_child([&] {
           for (const char* name : {"http_proxy", "https_proxy", "no_proxy", "all_proxy", "HTTP_PROXY",
                                    "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"}) {
             ::unsetenv(name);
           }
           for (const auto& [name, value] : variables) ::setenv(name, value, 1);
           const auto proxy = proxy_for(url, by_default, "fetch");
           return (proxy ? proxy->host + ":" + proxy->port : "") == expected ? 0 : 1;
         }) == 0;
}

}  // namespace

TEST_CASE("the scheme decides which variable counts, small letters before capitals") {
  CHECK(leads_to("p:3128", "http://x/go", {{"http_proxy", "http://p:3128"}}));
  CHECK(leads_to("p:3128", "https://x/go", {{"https_proxy", "http://me:secret@p:3128/"}}));
  CHECK(leads_to("", "https://x/go", {{"http_proxy", "http://p:3128"}}));
  CHECK(leads_to("p:80", "http://x/go", {{"HTTP_PROXY", "p"}}));
  CHECK(leads_to("a:1", "http://x/go", {{"HTTP_PROXY", "b:1"}, {"http_proxy", "a:1"}}));
  CHECK(leads_to("p:1", "https://x/go", {{"all_proxy", "p:1"}}));
  CHECK(leads_to("::1:8080", "http://x/go", {{"http_proxy", "http://[::1]:8080"}}));
  CHECK(leads_to("", "git://x/go", {{"http_proxy", "p:1"}, {"all_proxy", "p:1"}}));
}

TEST_CASE("git's own setting counts where the environment says nothing") {
  CHECK(leads_to("p:1", "http://x/go", {}, "http://p:1"));
  CHECK(leads_to("q:1", "http://x/go", {{"http_proxy", "q:1"}}, "http://p:1"));
  CHECK(leads_to("", "http://x/go", {{"no_proxy", "x"}}, "http://p:1"));
}

TEST_CASE("a proxy of another kind is refused, without its password") {
  CHECK(in_child([] {
          ::setenv("https_proxy", "socks5://me:secret@p:1", 1);
          const std::string error = error_of([] { proxy_for("https://x/go", "", "fetch"); });
          return contains(error, "\"socks5\"") && contains(error, "no_proxy to x") &&
                         !contains(error, "secret")
                     ? 0
                     : 1;
        }) == 0);
}

TEST_CASE("no_proxy lists hosts, domains and ports") {
  for (const char* list : {"x.org", ".org", "org", "a,x.org", "a, x.org", "*", "x.org:443"}) {
    CHECK_MESSAGE(is_listed("x.org", "443", list), list);
  }
  for (const char* list : {"", ",", "y.org", "ax.org", "x.or", ".x.org.", "x.org:80", "rg"}) {
    CHECK_MESSAGE(!is_listed("x.org", "443", list), list);
  }
  CHECK(is_listed("::1", "443", "::1"));
}
