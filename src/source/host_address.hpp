// Names of hosts to addresses.
#pragma once

#include <netdb.h>

#include <memory>
#include <string>

namespace gostrap {

using Addresses = std::shared_ptr<const addrinfo>;  ///< a list, linked by ai_next

/// Asks the system's resolver, which may take half a minute and hears no signal: in a thread of its own, so
/// that an interrupt need not wait for it. Throws Error(doing, …).
Addresses resolve(const std::string& host, const std::string& port, const std::string& doing);

}  // namespace gostrap
