#include "source/host_address.hpp"

#include "support/interrupt.hpp"
#include "support/testing.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netdb.h>
#include <netinet/in.h>

#include <csignal>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// "127.0.0.1:80"
std::string text_of(const Addresses& addresses) {
  REQUIRE(addresses != nullptr);
  REQUIRE(addresses->ai_family == AF_INET);
  const auto* const address = reinterpret_cast<const sockaddr_in*>(addresses->ai_addr);
  char text[INET_ADDRSTRLEN] = {};
  ::inet_ntop(AF_INET, &address->sin_addr, text, sizeof text);
  return std::string(text) + ":" + std::to_string(ntohs(address->sin_port));
}

}  // namespace

TEST_CASE("numbers are addresses as they stand, and nobody is asked") {
  CHECK(text_of(resolve("127.0.0.1", "8080", "fetch")) == "127.0.0.1:8080");
  CHECK(resolve("::1", "80", "fetch")->ai_family == AF_INET6);
  // a resolver would be waited for, and the interrupt would end that
  CHECK(told_by_child([] {
          install_signal_handlers();
          ::raise(SIGINT);
          return text_of(resolve("127.0.0.1", "80", "fetch"));
        }) == "127.0.0.1:80");
}

TEST_CASE("a host that is not found is named, with what to look at") {
  // no name of a host, so that no resolver has to be there
  const std::string error = error_of([] { resolve("no such host", "80", "fetch the source"); });
  CHECK(contains(error, "cannot fetch the source: the host \"no such host\" is not found: "));
  CHECK(contains(error, "http_proxy and https_proxy"));
}

TEST_CASE("a port that is none is no place to go to") {
  CHECK_FALSE(error_of([] { resolve("127.0.0.1", "no-such-service", "fetch"); }).empty());
}
