#include "serve/free_port.hpp"

#include "support/error.hpp"
#include "support/files.hpp"

#include <netdb.h>
#include <sys/socket.h>

#include <memory>

namespace gostrap {

void require_free(const ListenAddress& listen) {
  if (listen.port == 0) return;
  addrinfo hints = {};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const std::string port = std::to_string(listen.port);
  if (::getaddrinfo(listen.address.c_str(), port.c_str(), &hints, &found) != 0)
    return;  // the server says why
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> address(found, ::freeaddrinfo);
  const Fd socket(::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) return;
  const int yes = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);  // as the server's own will have it
  if (::bind(socket.get(), address->ai_addr, address->ai_addrlen) == 0 && ::listen(socket.get(), 1) == 0)
    return;
  throw Error("listen on " + listen.address + ":" + port, errno_text(),
              "Choose another port, or 0 for any that is free: --listen 127.0.0.1:0");
}

}  // namespace gostrap
