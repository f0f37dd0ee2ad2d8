// The hashes that a text has, and the files of Go's that it says they are of. The formats are many and
// change (go.dev's index, recipes of nixpkgs, conda or Homebrew, manifests of overlays, sums of sha256sum):
// read is what all have in common. Braces hold together what belongs together, and a line does.
#pragma once

#include "release/version.hpp"
#include "support/hash.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct NamedHash {
  std::size_t line = 0;            ///< from 1
  Digest digest{};                 ///< hexadecimal, Nix' base 32 or SRI in the text
  std::string file;                ///< "go1.24.4.linux-amd64.tar.gz"; empty where none is named
  std::optional<Version> version;  ///< the last that stands before it
  bool is_nar = false;             ///< of a tree, as Nix hashes it
};

/// Whether a hash is the one that is known of a file.
using KnownHash = std::function<bool(const std::string& file, const Digest& digest)>;

/// In the text's order. Of a line with one name and one hash these belong together; else in a pair of braces
/// each hash is of the name before it, or, where more is right then, of the name behind it. A name may be
/// what follows the version ("go${version}.src.tar.gz"), or a port ("linux-amd64 = ").
std::vector<NamedHash> named_hashes(std::string_view text, const KnownHash& known);

}  // namespace gostrap
