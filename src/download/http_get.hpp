// One GET over libcurl. libcurl is asked to wait in short steps only, so that a signal is heard at once, and
// that how long and how slowly a server may answer is decided here, to the millisecond.
#pragma once

#include "download/http_answer.hpp"
#include "download/http_url.hpp"
#include "support/patience.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace gostrap {

struct HttpGet {
  HttpUrl url;
  std::uint64_t from = 0;  ///< the first byte wanted; 0 asks for the whole, without a range
  std::string validator;   ///< goes with `from`: the state of the file that it is a byte of
  Patience patience;
  std::string doing;  ///< stands in errors
};

/// Who takes what comes. What these throw is thrown by http_get.
struct HttpTaker {
  /// Called once, with the head; false for what is not wanted: then the rest is not waited for.
  std::function<bool(const HttpAnswer&)> begin;
  /// Called with the body, piece by piece, where `begin` said true.
  std::function<void(std::string_view)> take;
};

/// The answer, once all of the body was taken. Follows no redirect. A proxy is what the environment says
/// (http_proxy, https_proxy or HTTPS_PROXY, all_proxy, no_proxy; HTTP_PROXY counts for nothing, as with
/// curl), authorities are the system's, or SSL_CERT_FILE's and SSL_CERT_DIR's. Throws Transient for what may
/// be better in a moment, Error, and Interrupted.
HttpAnswer http_get(const HttpGet& get, const HttpTaker& taker);

/// The same behind at most five redirects; those to another host are told.
HttpAnswer http_get_following(HttpGet get, const HttpTaker& taker, Progress& progress);

}  // namespace gostrap
