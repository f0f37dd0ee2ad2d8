#include "download/line_failure.hpp"

#include "download/http_answer.hpp"
#include "support/process.hpp"

#include <curl/curl.h>

namespace gostrap {
namespace {

const std::string network_advice = "Is the network up? Behind a proxy, set http_proxy and https_proxy.";

/// curl's words, and the system's where they say more.
std::string words_of(const LineFailure& failure) {
  std::string words =
      failure.text.empty() ? curl_easy_strerror(static_cast<CURLcode>(failure.code)) : failure.text;
  if (failure.error_number != 0) words += " (" + errno_text(failure.error_number) + ")";
  return words;
}

[[noreturn]] void refuse_certificate(const LineFailure& failure, const std::string& doing) {
  throw Error(doing,
              "the certificate of " + failure.place + " is not valid, or signed by nobody trusted here (" +
                  words_of(failure) + ")",
              "Mend the certificate or the machine's clock, or add its authority to the system's "
              "(ca-certificates) or name it by SSL_CERT_FILE; gostrap does not go on without.");
}

[[noreturn]] void refuse_authorities(const LineFailure& failure, const std::string& doing) {
  const std::string named =
      environment_value("SSL_CERT_FILE").value_or(environment_value("SSL_CERT_DIR").value_or(""));
  throw Error(doing, named.empty() ? "the system's certificates cannot be read: " + words_of(failure)
                                   : "the certificates that SSL_CERT_FILE or SSL_CERT_DIR names (" + named +
                                         ") cannot be read");
}

}  // namespace

void refuse_line(const LineFailure& failure, const Patience& patience, const std::string& doing) {
  if (failure.proxy_status >= 300) refuse_status(failure.proxy_status, "the proxy", doing);
  switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      throw Error(doing, "the host is not found: " + words_of(failure), network_advice);
    case CURLE_COULDNT_CONNECT:
      throw Transient(doing, "there is no connection: " + words_of(failure), network_advice);
    case CURLE_OPERATION_TIMEDOUT:
      throw Transient(doing, failure.place + " did not answer within " + seconds_text(patience.connecting()),
                      network_advice);
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      throw Transient(doing, failure.place + " hung up after " + std::to_string(failure.received) +
                                 " bytes (" + words_of(failure) + ")");
    case CURLE_PEER_FAILED_VERIFICATION:
      refuse_certificate(failure, doing);
    case CURLE_SSL_CACERT_BADFILE:
      refuse_authorities(failure, doing);
    case CURLE_SSL_CONNECT_ERROR:
      if (failure.text.find("reset by peer") != std::string::npos) throw Transient(doing, words_of(failure));
      throw Error(doing, words_of(failure));
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:  // HTTP/0.9, which is whatever comes
      throw Error(doing, failure.place + " does not answer as a web server does: " + words_of(failure));
    default:
      throw Error(doing, words_of(failure));
  }
}

}  // namespace gostrap
