// What this machine knows to complete a word by: releases, their ports, what can be set for them, entries of
// the store. Everything is read when it is asked for; what cannot be read is no candidate.
#pragma once

#include "cli/completion.hpp"
#include "release/releases.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gostrap {

class MachineCandidates {
 public:
  std::vector<Candidate> operator()(ValueKind kind, const LineSoFar& line, const std::string& typed);

 private:
  const Releases& releases(const LineSoFar& line);
  const Release& release(const LineSoFar& line);
  const std::vector<StoreEntry>& entries(const LineSoFar& line);

  std::vector<Candidate> ports(const LineSoFar& line, const std::string& typed, bool only_usable);
  std::vector<Candidate> patterns(const LineSoFar& line, const std::string& typed);
  std::vector<Candidate> ports_at_releases(const LineSoFar& line, const std::string& typed);
  std::vector<Candidate> versions(const LineSoFar& line);
  std::vector<Candidate> entry_paths(const LineSoFar& line, const std::string& typed,
                                     std::optional<Kind> kind);
  std::vector<Candidate> profile(const LineSoFar& line, const std::string& typed);

  std::optional<Releases> releases_;
  std::optional<std::vector<StoreEntry>> entries_;
  std::string store_root_;
};

/// "GOGC=200,GOAM…": the names that can be set for programs of these ports (all where there are none), and
/// behind "=" the values that the release knows.
std::vector<Candidate> profile_candidates(const std::string& typed, const std::vector<Port>& ports,
                                          const Version& release);

/// The name of a port as people type it, where it has a shorter one: "riscv64", "wasm", "wasi"; else "".
std::string short_name(const Port& port);

}  // namespace gostrap
