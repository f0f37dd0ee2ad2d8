// What libcurl says of a connection that went wrong, as errors of ours.
#pragma once

#include "support/patience.hpp"

#include <cstdint>
#include <string>

namespace gostrap {

struct LineFailure {
  int code = 0;          ///< a CURLcode
  std::string text;      ///< curl's own words, which may quote the server's
  int error_number = 0;  ///< errno of the connection, or 0
  int proxy_status = 0;  ///< of a proxy's answer to CONNECT, or 0
  std::string place;     ///< "example.org:443"
  std::uint64_t received = 0;
};

/// Throws: a Transient for what may be better in a moment (refused, reset, late, short), an Error for what
/// will be the same then (an unknown name, a bad certificate, rubbish).
[[noreturn]] void refuse_line(const LineFailure& failure, const Patience& patience, const std::string& doing);

}  // namespace gostrap
