// The connection to a git server: the sockets under libgit2's http, TLS and git://. libgit2's own wait for as
// long as a byte comes now and then, hardly hear a signal, and know failures as text only.
#pragma once

#include "archive/bounds.hpp"
#include "source/proxy.hpp"
#include "support/patience.hpp"
#include "support/progress.hpp"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <string>

namespace gostrap::git {

/// What a fetch may take of a server and its time; `doing` stands in errors. Whoever makes one outlives its
/// users.
struct Transfer {
  const Limits& limits;
  const Patience& patience;
  const std::string& doing;
  Progress& progress;
};

class Connection {
 public:
  /// As long as it lives, libgit2 opens its connections through it, and it outlives them. There is one at a
  /// time: the next waits. With `instead`, they lead there.
  Connection(const Transfer& transfer, std::optional<Proxy> instead);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// How many bytes may come, from the beginning.
  void accept(std::uint64_t bytes) { most_ = bytes; }
  /// What went wrong, to be thrown once libgit2's code is left: a Transient for what may be better in a
  /// moment.
  const std::exception_ptr& failure() const { return failure_; }
  /// "example.org:443 hung up after 17 bytes"; empty when the other end did not close the connection.
  std::string hang_up() const;

 private:
  struct Socket;
  std::unique_lock<std::mutex> turn_;
  using Clock = std::chrono::steady_clock;

  template <class Act>
  static ssize_t guarded(void* stream, Act act) noexcept;
  void connect(Socket& socket);
  std::size_t read(Socket& socket, char* into, std::size_t size);
  std::size_t write(Socket& socket, const char* from, std::size_t size);
  void wait(const Socket& socket, short events, Clock::time_point until) const;

  const Transfer transfer_;
  std::optional<Proxy> instead_;
  std::uint64_t most_;
  std::exception_ptr failure_;
  std::string closed_by_;
  std::uint64_t received_ = 0;
  SpeedWatch speed_;
};

}  // namespace gostrap::git
