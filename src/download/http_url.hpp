// The URLs that may be downloaded from, and where a server may lead from there.
#pragma once

#include <string>

namespace gostrap {

struct HttpUrl {
  std::string text;    ///< as it is asked for, without a fragment
  std::string scheme;  ///< "http" or "https"
  std::string host;    ///< "example.org", "[::1]"
  std::string port;    ///< "443", also where the text has none

  std::string place() const { return host + ":" + port; }
};

/// Throws Error(doing, …) for what is no URL, and for all but http:// and https://.
HttpUrl parse_http_url(const std::string& text, const std::string& doing);

/// Where the `location` of an answer leads from the URL that was asked for; it may be relative. Throws
/// Error(doing, …) where gostrap does not follow: from https to http, to what is neither.
HttpUrl redirected(const HttpUrl& from, const std::string& location, const std::string& doing);

}  // namespace gostrap
