#include "download/http_url.hpp"

#include "support/error.hpp"
#include "support/url.hpp"

#include <curl/curl.h>

#include <memory>

namespace gostrap {
namespace {

using Handle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

Handle new_handle(const std::string& doing) {
  Handle handle(curl_url(), &curl_url_cleanup);
  if (!handle) throw Error(doing, "there is no memory left");
  return handle;
}

std::string part_of(CURLU& url, CURLUPart part, unsigned flags = 0) {
  char* raw = nullptr;
  if (curl_url_get(&url, part, &raw, flags) != CURLUE_OK) return {};
  const std::unique_ptr<char, decltype(&curl_free)> held(raw, &curl_free);
  return raw;
}

HttpUrl read(CURLU& url) {
  curl_url_set(&url, CURLUPART_FRAGMENT, nullptr, 0);
  return {part_of(url, CURLUPART_URL), part_of(url, CURLUPART_SCHEME), part_of(url, CURLUPART_HOST),
          part_of(url, CURLUPART_PORT, CURLU_DEFAULT_PORT)};
}

bool is_http(const std::string& scheme) {
  return scheme == "http" || scheme == "https";
}

}  // namespace

HttpUrl parse_http_url(const std::string& text, const std::string& doing) {
  const std::string next = "There are http:// and https://; a file on this machine is named by its path.";
  const Handle handle = new_handle(doing);
  const CURLUcode code = curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME);
  if (code != CURLUE_OK) throw Error(doing, std::string("it is no URL: ") + curl_url_strerror(code), next);
  const HttpUrl url = read(*handle);
  if (!is_http(url.scheme)) throw Error(doing, url.scheme + ":// is not a way to download a file", next);
  return url;
}

HttpUrl redirected(const HttpUrl& from, const std::string& location, const std::string& doing) {
  if (location.empty()) throw Error(doing, "the server leads elsewhere, and does not say where");
  const Handle handle = new_handle(doing);
  curl_url_set(handle.get(), CURLUPART_URL, from.text.c_str(), 0);
  const CURLUcode code =
      curl_url_set(handle.get(), CURLUPART_URL, location.c_str(), CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE);
  if (code != CURLUE_OK) {
    throw Error(doing, std::string("the server leads to what is no URL: ") + curl_url_strerror(code));
  }
  const HttpUrl to = read(*handle);
  const std::string leads = "the server leads to " + without_secrets(to.text);
  if (!is_http(to.scheme)) throw Error(doing, leads + ", and only http:// and https:// are followed");
  if (from.scheme == "https" && to.scheme == "http") {
    throw Error(doing, leads + ", from https to what anybody on the way can change",
                "If that is all right where you are, name that URL.");
  }
  return to;
}

}  // namespace gostrap
