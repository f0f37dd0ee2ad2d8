// Who is connected to a server, and who has to go when there are too many: not those who come next, or
// whoever opens connections and says nothing would keep everybody else out.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace gostrap {

struct ConnectionLimits {
  std::size_t all = 256;
  std::size_t of_a_peer = 64;  ///< of one address, but for this machine's own
  std::chrono::seconds busy_at_least =
      std::chrono::seconds(60);  ///< an answer may take that long to be taken
};

/// Used by one thread.
class Connections {
 public:
  using Clock = std::chrono::steady_clock;
  using Id = std::uint64_t;

  /// `end` is called for a connection that has to go; closed() still follows.
  Connections(const ConnectionLimits& limits, std::function<void(Id)> end);

  /// A new one. Where there are too many of the peer's, or too many of all, the one that has been idle for
  /// longest goes; where none is idle, one whose answer takes too long; else the new one.
  Id next() const { return next_; }  ///< what opened() will return
  Id opened(const std::string& peer, bool own_machine, Clock::time_point now = Clock::now());
  void begun(Id id, Clock::time_point now = Clock::now());     ///< a request on it
  void answered(Id id, Clock::time_point now = Clock::now());  ///< so it is idle
  void closed(Id id);

 private:
  struct Connection {
    std::string peer;
    bool busy = false, ending = false;
    Clock::time_point since;
  };
  /// `peer` null: of all.
  void make_room(const std::string* peer, std::size_t most, Clock::time_point now);

  ConnectionLimits limits_;
  std::function<void(Id)> end_;
  std::map<Id, Connection> open_;
  Id next_ = 1;
};

}  // namespace gostrap
