#include "source/git_connection.hpp"

#include "archive/untrusted_name.hpp"
#include "source/git_handles.hpp"
#include "source/host_address.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"

#include <fcntl.h>
#include <git2/sys/stream.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <utility>

namespace gostrap::git {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds slice(100);  // a signal that comes just before poll() is heard that much later

// libgit2 hands nothing of ours to the constructor of a stream, and has one constructor for all threads.
std::mutex one_at_a_time;
Connection* current = nullptr;

}  // namespace

struct Connection::Socket : git_stream {
  Connection* connection = nullptr;
  std::string host, port;
  Fd fd;

  std::string name() const {
    const std::string shown = in_quotes(host + ":" + port);
    return shown.substr(1, shown.size() - 2);
  }
};

/// No exception may pass through libgit2: it is put aside. After the first one nothing more is read or
/// written, or the end of a TLS connection would wait once more for a server that is silent.
template <class Act>
ssize_t Connection::guarded(void* stream, Act act) noexcept {
  Socket& socket = *static_cast<Socket*>(static_cast<git_stream*>(stream));
  Connection& connection = *socket.connection;
  if (!connection.failure_) {
    try {
      return act(connection, socket);
    } catch (...) {
      connection.failure_ = std::current_exception();
      git_error_set_str(GIT_ERROR_NET, "the connection failed");
    }
  }
  return -1;
}

Connection::Connection(const Transfer& transfer, std::optional<Proxy> instead)
    : turn_(one_at_a_time),
      transfer_(transfer),
      instead_(std::move(instead)),
      most_(transfer.limits.bytes),
      speed_(transfer.patience) {
  git_stream_registration registration = {};
  registration.version = GIT_STREAM_VERSION;
  registration.init = [](git_stream** out, const char* host, const char* port) {
    auto* const made = new Socket{};
    made->connection = current;
    made->host = current->instead_ ? current->instead_->host : host;
    made->port = current->instead_ ? current->instead_->port : port;
    made->version = GIT_STREAM_VERSION;
    made->connect = [](git_stream* self) {
      return static_cast<int>(guarded(self, [](Connection& connection, Socket& socket) {
        connection.connect(socket);
        return ssize_t{0};
      }));
    };
    made->read = [](git_stream* self, void* into, std::size_t size) {
      return guarded(self, [=](Connection& connection, Socket& socket) {
        return static_cast<ssize_t>(connection.read(socket, static_cast<char*>(into), size));
      });
    };
    made->write = [](git_stream* self, const char* from, std::size_t size, int) {
      return guarded(self, [=](Connection& connection, Socket& socket) {
        return static_cast<ssize_t>(connection.write(socket, from, size));
      });
    };
    made->close = [](git_stream* self) {
      static_cast<Socket*>(self)->fd = Fd();
      return 0;
    };
    made->free = [](git_stream* self) { delete static_cast<Socket*>(self); };
    *out = made;
    return 0;
  };
  check(git_stream_register(GIT_STREAM_STANDARD, &registration), transfer_.doing);
  current = this;
}

Connection::~Connection() {
  git_stream_register(GIT_STREAM_STANDARD, nullptr);
  current = nullptr;
}

std::string Connection::hang_up() const {
  if (closed_by_.empty()) return {};
  return closed_by_ + " hung up after " + std::to_string(received_) + " bytes";
}

void Connection::connect(Socket& socket) {
  closed_by_.clear();
  const milliseconds longest = transfer_.patience.connecting();
  std::string why = "it has no address";
  const Addresses addresses = resolve(socket.host, socket.port, transfer_.doing);
  for (const addrinfo* each = addresses.get(); each != nullptr; each = each->ai_next) {
    const int type = each->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK;
    socket.fd = Fd(::socket(each->ai_family, type, each->ai_protocol));
    int failed = socket.fd && ::connect(socket.fd.get(), each->ai_addr, each->ai_addrlen) == 0 ? 0 : errno;
    if (failed == EINPROGRESS) {
      try {
        wait(socket, POLLOUT, Clock::now() + longest);
      } catch (const Transient&) {
        why = "no answer within " + seconds_text(longest);
        continue;
      }
      socklen_t size = sizeof failed;
      ::getsockopt(socket.fd.get(), SOL_SOCKET, SO_ERROR, &failed, &size);
    }
    if (failed == 0) return;
    why = errno_text(failed);
  }
  throw Error(transfer_.doing, "cannot connect to " + socket.name() + ": " + why,
              "Is the network up? Behind a proxy, set http_proxy and https_proxy.");
}

std::size_t Connection::read(Socket& socket, char* into, std::size_t size) {
  const auto until = Clock::now() + transfer_.patience.timeout;
  while (true) {
    const ssize_t count = ::recv(socket.fd.get(), into, size, MSG_DONTWAIT);
    if (count > 0) {
      received_ += static_cast<std::uint64_t>(count);
      if (received_ > most_) throw over_limit(transfer_.doing, "bytes", received_, most_, "--max-bytes");
      speed_.require(received_, transfer_.doing);
      return static_cast<std::size_t>(count);
    }
    if (count == 0 || errno == ECONNRESET || errno == EPIPE) {
      closed_by_ = socket.name();
      return 0;
    }
    if (errno != EAGAIN && errno != EINTR) {
      throw Transient(transfer_.doing, "the connection to " + socket.name() + " broke: " + errno_text());
    }
    wait(socket, POLLIN, until);
  }
}

std::size_t Connection::write(Socket& socket, const char* from, std::size_t size) {
  const auto until = Clock::now() + transfer_.patience.timeout;
  while (true) {
    const ssize_t count = ::send(socket.fd.get(), from, size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == ECONNRESET || errno == EPIPE) closed_by_ = socket.name();
    if (errno != EAGAIN && errno != EINTR) {
      throw Transient(transfer_.doing, "the connection to " + socket.name() + " broke: " + errno_text());
    }
    wait(socket, POLLOUT, until);
  }
}

void Connection::wait(const Socket& socket, short events, Clock::time_point until) const {
  while (true) {
    check_interrupt();
    pollfd each{socket.fd.get(), events, 0};
    const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
    const int ready = ::poll(&each, 1, static_cast<int>(std::clamp(left, milliseconds(0), slice).count()));
    if (ready > 0) return;
    if (ready < 0 && errno != EINTR) throw system_error(transfer_.doing);
    transfer_.progress.amount(received_, 0, "bytes");
    if (Clock::now() < until) continue;
    throw silence(transfer_.doing, socket.name(), transfer_.patience);
  }
}

}  // namespace gostrap::git
