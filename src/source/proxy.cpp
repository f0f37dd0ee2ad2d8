#include "source/proxy.hpp"

#include "archive/untrusted_name.hpp"
#include "support/error.hpp"
#include "support/process.hpp"
#include "support/strings.hpp"

#include <string_view>

namespace gostrap {
namespace {

struct Url {
  std::string scheme, host, port;
};

/// "https://me@host:8443/x", "http://[::1]/x"; without a scheme it is taken for http.
Url parts_of(const std::string& text) {
  Url url{"http", {}, {}};
  std::string_view rest = text;
  if (const std::size_t end = rest.find("://"); end != std::string_view::npos) {
    url.scheme = rest.substr(0, end);
    rest.remove_prefix(end + 3);
  }
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  const std::size_t bracket = rest.starts_with('[') ? rest.find(']') : std::string_view::npos;
  const std::size_t colon = rest.find(':', bracket == std::string_view::npos ? 0 : bracket);
  url.host = bracket == std::string_view::npos ? rest.substr(0, colon) : rest.substr(1, bracket - 1);
  url.port =
      colon == std::string_view::npos ? (url.scheme == "https" ? "443" : "80") : rest.substr(colon + 1);
  return url;
}

std::string either(const char* one, const char* other) {
  return environment_value(one).value_or(environment_value(other).value_or(""));
}

}  // namespace

std::optional<Proxy> proxy_for(const std::string& text, const std::string& by_default,
                               const std::string& doing) {
  if (!text.starts_with("http://") && !text.starts_with("https://")) return std::nullopt;
  const Url url = parts_of(text);
  std::string named =
      url.scheme == "https" ? either("https_proxy", "HTTPS_PROXY") : either("http_proxy", "HTTP_PROXY");
  if (named.empty()) named = either("all_proxy", "ALL_PROXY");
  if (named.empty()) named = by_default;
  if (named.empty() || is_listed(url.host, url.port, either("no_proxy", "NO_PROXY"))) return std::nullopt;
  const Url proxy = parts_of(named);
  if (proxy.host.empty() || proxy.scheme != "http") {
    throw Error(doing,
                "the proxy at " + in_quotes(proxy.host) + " is of the kind " + in_quotes(proxy.scheme) +
                    ", and only http:// ones can be used",
                "Set " + url.scheme + "_proxy to http://HOST:PORT, or no_proxy to " + url.host + ".");
  }
  return Proxy{named.find("://") == std::string::npos ? "http://" + named : named, proxy.host, proxy.port};
}

bool is_listed(const std::string& host, const std::string& port, const std::string& list) {
  for (std::string_view each : split(list, ", ")) {
    if (each.empty()) continue;
    if (each == "*") return true;
    const std::size_t colon = each.rfind(':');
    if (colon != std::string_view::npos && each.find(':') == colon) {  // not within an IPv6 address
      if (each.substr(colon + 1) != port) continue;
      each = each.substr(0, colon);
    }
    if (each.starts_with('.')) each.remove_prefix(1);
    const bool below =
        host.size() > each.size() && host.ends_with(each) && host[host.size() - each.size() - 1] == '.';
    if (host == each || below) return true;
  }
  return false;
}

}  // namespace gostrap
