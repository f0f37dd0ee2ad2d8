// A web server on loopback that answers each call with the next of the answers that it was given, whatever is
// asked, and hangs up.
#pragma once

#include "support/files.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace gostrap::testing {

/// A whole answer, with the length of its body.
inline std::string answer(const std::string& status, const std::string& body, const std::string& head = {}) {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + head +
         "\r\n" + body;
}

class CannedServer {
 public:
  explicit CannedServer(std::vector<std::string> answers) : answers_(std::move(answers)) {
    ::setenv("no_proxy", "127.0.0.1,localhost", 1);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_.get(), 16);
    ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { serve(); });
  }
  ~CannedServer() {
    ::shutdown(listener_.get(), SHUT_RDWR);
    thread_.join();
  }
  CannedServer(const CannedServer&) = delete;
  CannedServer& operator=(const CannedServer&) = delete;

  std::string url(const std::string& path = "/file", const std::string& host = "127.0.0.1") const {
    return "http://" + host + ":" + port_ + path;
  }
  /// The heads of what was asked.
  std::vector<std::string> asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  void then(std::vector<std::string> answers) {
    const std::lock_guard lock(mutex_);
    answers_ = std::move(answers);
    asked_.clear();
  }

 private:
  void serve() {
    while (true) {
      Fd caller(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (!caller) return;
      std::string head;
      for (char byte = 0; head.find("\r\n\r\n") == std::string::npos && ::read(caller.get(), &byte, 1) == 1;)
        head += byte;
      const std::string bytes = next(head);
      if (bytes == "silence") {
        kept_.push_back(std::move(caller));
        continue;
      }
      ::send(caller.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
  }
  std::string next(const std::string& head) {
    const std::lock_guard lock(mutex_);
    asked_.push_back(head);
    if (asked_.size() > answers_.size()) return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    return answers_[asked_.size() - 1];
  }

  Fd listener_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  std::string port_;
  std::mutex mutex_;
  std::vector<std::string> answers_, asked_;
  std::vector<Fd> kept_;
  std::thread thread_;
};

}  // namespace gostrap::testing
