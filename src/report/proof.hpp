// The proof of a whole release: for each of its ports what upstream published, what was made here, and
// whether they are the same.
#pragma once

#include "archive/bounds.hpp"
#include "release/release.hpp"
#include "sdk/module.hpp"
#include "support/json.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

enum class Verdict {
  canonical,       ///< the published bits
  by_upstream,     ///< these, but made with upstream's own toolchain, not one that was built here
  signatures,      ///< the published archive, held against a download, differs by code signatures only
  not_comparable,  ///< Apple's signatures: a checksum cannot say
  differs,
  not_published,  ///< upstream has no archive of this port
  not_built,
};
std::string text(Verdict verdict);

struct ProofRow {
  Port port;
  std::string file;  ///< upstream's name of the archive; empty where there is none
  std::optional<Digest> published;
  std::optional<Digest> ours;  ///< of what was made here
  Verdict verdict = Verdict::not_built;
  std::string says;                ///< why, in a line
  std::filesystem::path archives;  ///< the output; empty when there is none
  std::string module;              ///< its version, "v0.0.1-go1.24.4.linux-riscv64"
  std::optional<ModuleHashes> hashes;
};

struct Proof {
  Release release;
  std::vector<ProofRow> rows;  ///< in the order of the release's ports

  std::size_t count(Verdict verdict) const;
  bool holds() const { return count(Verdict::differs) == 0; }
  /// "38 canonical, 2 not comparable, 8 not published"
  std::string summary() const;
};

/// One port. `archives` is the output with its archives, where it was made; `downloads` a directory in which
/// published archives may lie, for those whose checksum cannot say. What is damaged since it was made
/// differs.
ProofRow prove_port(const Release& release, const Port& port,
                    const std::optional<std::filesystem::path>& archives,
                    const std::optional<std::filesystem::path>& downloads, const Limits& limits);

/// All that has to be in a proof of the release: its ports.
Proof prove_release(const Release& release,
                    const std::function<std::optional<std::filesystem::path>(const Port&)>& archives,
                    const std::optional<std::filesystem::path>& downloads, const Limits& limits);

Json to_json(const Proof& proof);

}  // namespace gostrap
