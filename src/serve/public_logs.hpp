// Public logs whose lookups and tiles lie in the served trees, as go commands keep them in their module
// caches: handed on as a module proxy does (GOPROXY/sumdb/NAME/…), so that a go command without a network
// checks what it gets by them and by the key that it has.
#pragma once

#include "serve/tree.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

class PublicLogs {
 public:
  /// Looks through sumdb/ of each. Nobody's signature is looked at: who asks does that.
  explicit PublicLogs(const std::vector<ServedTree>& trees);

  struct Log {
    std::size_t lookups = 0;
    std::uint64_t size = 0;  ///< of the largest tree that a lookup has
    std::string note;        ///< that tree
  };
  const std::map<std::string, Log>& logs() const { return logs_; }

  /// What is there, though no file is called so: "sumdb/NAME/supported", "sumdb/NAME/latest", and the
  /// beginning of a tile that has grown since.
  std::optional<std::string> answer(const std::string& path, const std::vector<ServedTree>& trees) const;

 private:
  std::map<std::string, Log> logs_;
};

}  // namespace gostrap
