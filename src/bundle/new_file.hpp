// A file of a bundle on its way to the disk: opened, filled piece by piece, closed when it is what it should
// be.
#pragma once

#include "bundle/contents.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace gostrap {

class NewFile {
 public:
  /// In the directory `parent`; nothing is made before the first piece. `shown` is what errors call it.
  NewFile(std::shared_ptr<const Fd> parent, fs::path shown, const Item& item);

  void write(std::string_view bytes);
  /// Throws Error where its hash is another one. `bundle` stands in it.
  void close(const std::string& bundle);

 private:
  void open();

  std::shared_ptr<const Fd> parent_;
  fs::path shown_;
  Digest expected_;
  unsigned mode_;
  bool enforce_mode_;
  Fd fd_;
  Sha256 hash_;
};

}  // namespace gostrap
