// A checksum database for the modules of served trees (golang.org/x/mod/sumdb, go.dev/design/25530-sumdb).
// The go command takes toolchains over http from nobody without one, and without one that it knows it asks
// sum.golang.org. This one vouches for nothing but that the bytes are those of the served trees: its key is
// made of its own content, so the same trees have the same database.
#pragma once

#include "serve/tree.hpp"
#include "support/hash.hpp"
#include "support/progress.hpp"
#include "tlog/note.hpp"
#include "tlog/tiles.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

class ChecksumDatabase {
 public:
  /// Hashes every module that has a zip; what `go mod download` noted beside one (.ziphash) is believed. One
  /// that cannot be read is told of, and left out.
  ChecksumDatabase(const std::vector<ServedTree>& trees, Progress& progress);

  /// A module that is served, but of which the database says nothing.
  struct LeftOut {
    std::string zip, why;
  };
  const std::vector<LeftOut>& left_out() const { return left_out_; }

  bool empty() const { return records_.empty(); }
  std::size_t size() const { return records_.size(); }
  const std::string& name() const { return key_.name; }
  /// "NAME+HASH+KEY", as GOSUMDB wants it before the URL.
  std::string verifier() const { return key_.text(); }
  /// What stands at "lookup/…", "tile/8/…", "latest" or "supported"; nothing where the database has no such.
  std::optional<std::string> answer(const std::string& path) const;

 private:
  std::string signed_tree() const;
  std::optional<std::string> tile(const Tile& tile) const;
  Digest subtree(std::size_t level, std::size_t index) const;

  struct Record {
    std::string text;
    Digest hash;
  };
  static std::string record_text(const std::string& module, const std::string& version,
                                 const std::filesystem::path& base);
  std::vector<Record> records_;
  std::vector<LeftOut> left_out_;
  std::map<std::string, std::size_t> ids_;  ///< "golang.org/x/text@v0.3.0", escaped as in URLs
  LogKey key_;
  std::optional<PrivateKey> private_;
};

}  // namespace gostrap
