// An HTTP server over libmicrohttpd for GOPROXY-shaped trees: GET and HEAD, on loopback, read-only.
#pragma once

#include "serve/checksums.hpp"
#include "serve/connections.hpp"
#include "serve/public_logs.hpp"
#include "serve/tree.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct MHD_Connection;
struct MHD_Daemon;

namespace gostrap {

/// Where to listen, as it was asked for.
struct ListenAddress {
  std::string address;  ///< numeric: "127.0.0.1", "::1"
  unsigned port = 0;    ///< 0: any that is free
  bool loopback = true;
};

/// "127.0.0.1:8080", "[::1]:0", "localhost:8080". Throws UsageError.
ListenAddress parse_listen(const std::string& text);

/// A request that was answered: "GET", "/a/@v/list", 200.
using OnRequest = std::function<void(const std::string& method, const std::string& path, unsigned status)>;

class Server {
 public:
  /// Answers from a thread of its own until it is gone. What stands in several trees comes from the first;
  /// version lists are put together.
  Server(std::vector<ServedTree> trees, std::unique_ptr<ChecksumDatabase> checksums,
         const ListenAddress& listen, OnRequest on_request);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// "http://127.0.0.1:8080"
  std::string url() const;
  const ChecksumDatabase& checksums() const { return *checksums_; }
  const PublicLogs& public_logs() const { return public_logs_; }

  struct Answer {
    unsigned status = 200;
    std::string text;                ///< where there is no file
    std::optional<ServedFile> file;  ///< goes out as it is read
    const char* type = "text/plain; charset=utf-8";
  };
  Answer answer(const std::string& method, const std::string& url, const char* host) const;

  /// libmicrohttpd's words, in its thread.
  Connections::Id connected(MHD_Connection* connection);
  void disconnected(Connections::Id id);
  Connections& connections() { return connections_; }

 private:
  struct Stop {
    void operator()(MHD_Daemon* daemon) const;
  };
  std::optional<std::string> version_list(const std::string& path) const;
  bool is_own_name(const char* host) const;

  std::vector<ServedTree> trees_;
  std::unique_ptr<ChecksumDatabase> checksums_;
  PublicLogs public_logs_;
  ListenAddress listen_;
  Connections connections_;
  std::map<Connections::Id, int> sockets_;

 public:
  OnRequest on_request;

 private:
  std::unique_ptr<MHD_Daemon, Stop> daemon_;
};

}  // namespace gostrap
