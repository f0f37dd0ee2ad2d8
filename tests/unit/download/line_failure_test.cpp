#include "download/line_failure.hpp"

#include "support/testing.hpp"

#include <curl/curl.h>
#include <doctest/doctest.h>

#include <cerrno>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

LineFailure failure(int code) {
  return {code, "curl's words", 0, 0, "x.org:443", 17};
}

/// "transient: " before what may be better in a moment.
std::string said(const LineFailure& failure) {
  try {
    refuse_line(failure, Patience(), "download it");
  } catch (const Transient& error) {
    return "transient: " + error.why();
  } catch (const Error& error) {
    return error.why();
  }
}

}  // namespace

TEST_CASE("what may be better in a moment is tried again") {
  LineFailure refused = failure(CURLE_COULDNT_CONNECT);
  refused.error_number = ECONNREFUSED;
  CHECK(said(refused) == "transient: there is no connection: curl's words (Connection refused)");
  CHECK(said(failure(CURLE_OPERATION_TIMEDOUT)) == "transient: x.org:443 did not answer within 15 s");
  for (const int code : {CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR})
    CHECK(said(failure(code)) == "transient: x.org:443 hung up after 17 bytes (curl's words)");
  LineFailure reset = failure(CURLE_SSL_CONNECT_ERROR);
  reset.text = "OpenSSL SSL_connect: Connection reset by peer";
  CHECK(contains(said(reset), "transient: "));
}

TEST_CASE("what will be the same in a moment is not") {
  CHECK(said(failure(CURLE_COULDNT_RESOLVE_HOST)) == "the host is not found: curl's words");
  CHECK(contains(said(failure(CURLE_PEER_FAILED_VERIFICATION)), "the certificate of x.org:443 is not valid"));
  CHECK(contains(said(failure(CURLE_WEIRD_SERVER_REPLY)), "does not answer as a web server does"));
  CHECK(said(failure(CURLE_SSL_CONNECT_ERROR)) == "curl's words");
  CHECK(said(failure(CURLE_OUT_OF_MEMORY)) == "curl's words");
}

TEST_CASE("a proxy that refuses is told from the server") {
  LineFailure proxy = failure(CURLE_RECV_ERROR);
  proxy.proxy_status = 407;
  CHECK(contains(said(proxy), "the proxy answers with status 407"));
  proxy.proxy_status = 503;
  CHECK(contains(said(proxy), "transient: the proxy answers with status 503"));
}

TEST_CASE("certificates that cannot be read are named") {
  const std::string error = told_by_child([] {
    ::setenv("SSL_CERT_FILE", "/not/there.pem", 1);
    return said(failure(CURLE_SSL_CACERT_BADFILE));
  });
  CHECK(contains(error, "SSL_CERT_FILE or SSL_CERT_DIR names (/not/there.pem) cannot be read"));
}
