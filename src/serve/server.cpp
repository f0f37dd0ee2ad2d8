#include "serve/server.hpp"

#include "support/error.hpp"
#include "support/strings.hpp"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <set>

namespace gostrap {
namespace {

constexpr std::size_t largest_list = std::size_t{16} << 20U;
// More than Connections lets live: a new one is there before an old one is gone.
constexpr unsigned accepted_at_once = 512;

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

const char* type_of(const std::string& path) {
  if (ends_with(path, ".zip")) return "application/zip";
  if (ends_with(path, ".info") || ends_with(path, "/@latest")) return "application/json";
  return "text/plain; charset=utf-8";
}

std::string read_all(const ServedFile& file) {
  std::string text;
  std::string buffer(65536, '\0');
  while (text.size() < largest_list) {
    const ssize_t count = ::read(file.fd.get(), buffer.data(), buffer.size());
    if (count <= 0) break;
    text.append(buffer, 0, static_cast<std::size_t>(count));
  }
  return text;
}

struct FreeResponse {
  void operator()(MHD_Response* response) const { MHD_destroy_response(response); }
};
using Response = std::unique_ptr<MHD_Response, FreeResponse>;

Response response_of(Server::Answer& answer) {
  Response response;
  if (answer.file) {
    // the response closes it
    response.reset(MHD_create_response_from_fd64(answer.file->size, answer.file->fd.release()));
  } else {
    response.reset(
        MHD_create_response_from_buffer(answer.text.size(), answer.text.data(), MHD_RESPMEM_MUST_COPY));
  }
  if (!response) return response;
  MHD_add_response_header(response.get(), MHD_HTTP_HEADER_CONTENT_TYPE, answer.type);
  MHD_add_response_header(response.get(), "X-Content-Type-Options", "nosniff");
  if (answer.status == MHD_HTTP_METHOD_NOT_ALLOWED)
    MHD_add_response_header(response.get(), MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
  return response;
}

Connections::Id id_of(MHD_Connection* connection) {
  const MHD_ConnectionInfo* const info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == nullptr ? 0 : reinterpret_cast<Connections::Id>(info->socket_context);
}

/// A body is not read: such a request is answered, and its connection closed.
bool has_body(MHD_Connection* connection) {
  const char* const length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
  return (length != nullptr && std::strcmp(length, "0") != 0) ||
         MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Transfer-Encoding") != nullptr;
}

/// No exception may cross libmicrohttpd.
MHD_Result respond(void* self, MHD_Connection* connection, const char* url, const char* method, const char*,
                   const char*, std::size_t*, void** state) {
  Server& server = *static_cast<Server*>(self);
  try {
    const bool first = *state == nullptr;
    const bool reads = std::strcmp(method, "GET") == 0 || std::strcmp(method, "HEAD") == 0;
    if (first) server.connections().begun(id_of(connection));
    *state = self;
    // what is answered at the first call is answered before the request is over, and the connection closed
    if (first && reads && !has_body(connection)) return MHD_YES;
    Server::Answer answer =
        server.answer(method, url, MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host"));
    const unsigned status = answer.status;
    const Response response = response_of(answer);
    if (server.on_request) server.on_request(method, url, status);
    return response ? MHD_queue_response(connection, status, response.get()) : MHD_NO;
  } catch (...) {  // nothing may pass through C
    return MHD_NO;
  }
}

void answered(void* self, MHD_Connection* connection, void**, MHD_RequestTerminationCode) {
  static_cast<Server*>(self)->connections().answered(id_of(connection));
}

void connected_or_not(void* self, MHD_Connection* connection, void** context,
                      MHD_ConnectionNotificationCode what) {
  Server& server = *static_cast<Server*>(self);
  if (what == MHD_CONNECTION_NOTIFY_STARTED) {
    *context = reinterpret_cast<void*>(server.connected(connection));
  } else {
    server.disconnected(reinterpret_cast<Connections::Id>(*context));
  }
}

/// What stands in a URL is decoded by decoded_path(), which refuses what this would let through.
std::size_t leave_escapes(void*, MHD_Connection*, char* text) {
  return std::strlen(text);
}

}  // namespace

ListenAddress parse_listen(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  std::string host = text.substr(0, colon);
  const std::string port = colon == std::string::npos ? "" : text.substr(colon + 1);
  const bool digits =
      !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || std::stoul(port) > 65535)
    throw UsageError("--listen takes ADDRESS:PORT, such as 127.0.0.1:8080, not \"" + text + "\"");
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  ListenAddress listen;
  listen.address = host;
  listen.port = static_cast<unsigned>(std::stoul(port));
  in_addr four = {};
  in6_addr six = {};
  if (::inet_pton(AF_INET, host.c_str(), &four) == 1) {
    listen.loopback = (ntohl(four.s_addr) >> 24U) == 127;
  } else if (::inet_pton(AF_INET6, host.c_str(), &six) == 1) {
    listen.loopback = IN6_IS_ADDR_LOOPBACK(&six);
  } else {
    throw UsageError("\"" + host + "\" is no address to listen on", "Such as 127.0.0.1:8080 or [::1]:8080.");
  }
  return listen;
}

Connections::Id Server::connected(MHD_Connection* connection) {
  // what is asked next overwrites the answer, since libmicrohttpd 1.0
  const MHD_ConnectionInfo* const socket =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  const int fd = socket != nullptr ? socket->connect_fd : -1;
  const MHD_ConnectionInfo* const client =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  std::string peer;
  if (client != nullptr && client->client_addr != nullptr) {
    if (client->client_addr->sa_family == AF_INET) {
      const auto& four = *reinterpret_cast<const sockaddr_in*>(client->client_addr);
      peer.assign(reinterpret_cast<const char*>(&four.sin_addr), sizeof four.sin_addr);
    } else if (client->client_addr->sa_family == AF_INET6) {
      const auto& six = *reinterpret_cast<const sockaddr_in6*>(client->client_addr);
      peer.assign(reinterpret_cast<const char*>(&six.sin6_addr),
                  8);  // one who has an address has all of its /64
    }
  }
  const Connections::Id id = connections_.next();
  if (fd >= 0) sockets_[id] = fd;
  connections_.opened(peer, listen_.loopback);
  return id;
}

void Server::disconnected(Connections::Id id) {
  sockets_.erase(id);
  connections_.closed(id);
}

void Server::Stop::operator()(MHD_Daemon* daemon) const {
  MHD_stop_daemon(daemon);
}

Server::Server(std::vector<ServedTree> trees, std::unique_ptr<ChecksumDatabase> checksums,
               const ListenAddress& listen, OnRequest told)
    : trees_(std::move(trees)),
      checksums_(std::move(checksums)),
      public_logs_(trees_),
      listen_(listen),
      connections_({},
                   [this](Connections::Id id) {
                     const auto found = sockets_.find(id);
                     if (found != sockets_.end()) ::shutdown(found->second, SHUT_RDWR);
                   }),
      on_request(std::move(told)) {
  sockaddr_in four = {};
  sockaddr_in6 six = {};
  const bool is_six = listen.address.find(':') != std::string::npos;
  const auto port = htons(static_cast<std::uint16_t>(listen.port));
  four.sin_family = AF_INET;
  four.sin_port = port;
  six.sin6_family = AF_INET6;
  six.sin6_port = port;
  ::inet_pton(is_six ? AF_INET6 : AF_INET, listen.address.c_str(),
              is_six ? static_cast<void*>(&six.sin6_addr) : static_cast<void*>(&four.sin_addr));
  const auto* const address =
      is_six ? reinterpret_cast<const sockaddr*>(&six) : reinterpret_cast<sockaddr*>(&four);
  unsigned flags =
      static_cast<unsigned>(MHD_USE_AUTO) | static_cast<unsigned>(MHD_USE_INTERNAL_POLLING_THREAD);
  if (is_six) flags |= static_cast<unsigned>(MHD_USE_IPv6);
  daemon_.reset(MHD_start_daemon(
      flags, 0, nullptr, nullptr, respond, this, MHD_OPTION_SOCK_ADDR, address, MHD_OPTION_CONNECTION_LIMIT,
      accepted_at_once, MHD_OPTION_CONNECTION_TIMEOUT, 30U, MHD_OPTION_NOTIFY_COMPLETED, answered, this,
      MHD_OPTION_NOTIFY_CONNECTION, connected_or_not, this, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
      std::size_t{32} << 10U, MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, nullptr, MHD_OPTION_END));
  if (!daemon_) {
    throw Error("listen on " + listen.address + ":" + std::to_string(listen.port), errno_text(),
                "Choose another port, or 0 for any that is free: --listen 127.0.0.1:0");
  }
  const MHD_DaemonInfo* info = MHD_get_daemon_info(daemon_.get(), MHD_DAEMON_INFO_BIND_PORT);
  if (info != nullptr) listen_.port = info->port;
}

Server::~Server() = default;

std::string Server::url() const {
  const bool is_six = listen_.address.find(':') != std::string::npos;
  return "http://" + (is_six ? "[" + listen_.address + "]" : listen_.address) + ":" +
         std::to_string(listen_.port);
}

/// A page in a browser must not reach us by a name of its own that leads to loopback.
bool Server::is_own_name(const char* host) const {
  if (host == nullptr || !listen_.loopback) return true;
  std::string name = host;
  const std::size_t colon = name.rfind(':');
  if (colon != std::string::npos && name.find(']', colon) == std::string::npos) name = name.substr(0, colon);
  return name == "localhost" || name == listen_.address || name == "[" + listen_.address + "]";
}

std::optional<std::string> Server::version_list(const std::string& path) const {
  std::set<std::string> versions;
  bool there = false;
  for (const ServedTree& tree : trees_) {
    const std::optional<ServedFile> file = tree.open(path);
    if (!file) continue;
    there = true;
    const std::string text = read_all(*file);
    for (const std::string_view line : lines_of(text)) {
      if (!line.empty()) versions.emplace(line);
    }
  }
  if (!there) return std::nullopt;
  std::string all;
  for (const std::string& version : versions) all += version + "\n";
  return all;
}

Server::Answer Server::answer(const std::string& method, const std::string& url, const char* host) const {
  Answer answer;
  if (method != "GET" && method != "HEAD") return {405, "only GET and HEAD\n", std::nullopt};
  if (!is_own_name(host)) return {421, "this is not the host you asked for\n", std::nullopt};
  const std::optional<std::string> path = decoded_path(url);
  if (!path) return {400, "not a path\n", std::nullopt};
  const std::string database = "sumdb/" + checksums_->name() + "/";
  if (path->starts_with(database)) {
    std::optional<std::string> text = checksums_->answer(path->substr(database.size()));
    if (text) return {200, std::move(*text), std::nullopt};
  } else if (trees_.size() > 1 && ends_with(*path, "/@v/list")) {
    if (std::optional<std::string> list = version_list(*path)) return {200, std::move(*list), std::nullopt};
  } else {
    for (const ServedTree& tree : trees_) {
      answer.file = tree.open(*path);
      answer.type = type_of(*path);
      if (answer.file) return answer;
    }
    if (std::optional<std::string> text = public_logs_.answer(*path, trees_))
      return {200, std::move(*text), std::nullopt};
  }
  return {404, "not found: there is no such file here\n", std::nullopt};
}

}  // namespace gostrap
