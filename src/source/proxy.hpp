// Which proxy leads to a server: what http_proxy, https_proxy and no_proxy say. libgit2 reads them too, but
// sends plain http to the server all the same.
#pragma once

#include <optional>
#include <string>

namespace gostrap {

struct Proxy {
  std::string url;  ///< "http://user:password@proxy.example:3128"
  std::string host, port;
};

/// The proxy for a http:// or https:// URL; nothing for other URLs, and where none is set or no_proxy names
/// the host. `by_default` (git's own setting) counts where the environment says nothing. Throws Error(doing,
/// …) for one that cannot be used.
std::optional<Proxy> proxy_for(const std::string& url, const std::string& by_default,
                               const std::string& doing);

/// Whether a list as in no_proxy ("localhost,.example.org,10.0.0.1:8080", or "*") names the host.
bool is_listed(const std::string& host, const std::string& port, const std::string& list);

}  // namespace gostrap
