#include "source/host_address.hpp"

#include "archive/untrusted_name.hpp"
#include "support/error.hpp"
#include "support/interrupt.hpp"

#include <chrono>
#include <future>
#include <thread>
#include <utility>

namespace gostrap {
namespace {

struct Lookup {
  int code = 0;
  Addresses list;
};

Lookup ask(const std::string& host, const std::string& port, int flags) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags;
  addrinfo* list = nullptr;
  const int code = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &list);
  if (code != 0) return {code, {}};
  return {0, Addresses(list, [](const addrinfo* each) { ::freeaddrinfo(const_cast<addrinfo*>(each)); })};
}

}  // namespace

Addresses resolve(const std::string& host, const std::string& port, const std::string& doing) {
  Lookup answer = ask(host, port, AI_NUMERICHOST);
  if (answer.code != 0) {
    std::packaged_task<Lookup()> task([host, port] { return ask(host, port, 0); });
    std::future<Lookup> future = task.get_future();
    // not joined: after an interrupt nobody waits for it, and it holds nothing of ours
    std::thread(std::move(task)).detach();
    while (future.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) check_interrupt();
    answer = future.get();
  }
  if (answer.code == 0) return answer.list;
  throw Error(doing, "the host " + in_quotes(host) + " is not found: " + ::gai_strerror(answer.code),
              "Is its name right, and the network up? Behind a proxy, set http_proxy and https_proxy.");
}

}  // namespace gostrap
