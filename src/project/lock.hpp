// gostrap.lock: what a project's SDKs are, bit for bit. It is written by `gostrap use`, kept with the
// project's source, and obeyed by all that put an SDK to use there.
#pragma once

#include "project/go_lines.hpp"
#include "release/profile.hpp"
#include "release/release.hpp"
#include "support/json.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace gostrap {

struct LockedSdk {
  Profile profile;
  /// Of the NAR of its share/go, as its manifest has it; by the port that the SDK runs on. A machine that is
  /// not among them is bound by the release, its source and the profile.
  std::map<Port, Digest> nars;
  bool operator==(const LockedSdk&) const = default;
};

/// {"lock": 1, "release": "1.24.4", "commit": C, "source": SRI, "sdks": {"linux/riscv64": {"nar":
/// {"linux/amd64": SRI}, "profile": {…}}}}. The commit is left out where none is known.
struct Lock {
  Version release;
  std::string commit;
  Digest source{};  ///< of the NAR of the release's source
  std::map<Port, LockedSdk> sdks;
  bool operator==(const Lock&) const = default;
};

inline constexpr const char* lock_name = "gostrap.lock";

Json to_json(const Lock& lock);
Lock lock_from_json(const JsonView& json);
/// Throws Error for one that cannot be read, or that a newer gostrap wrote.
Lock read_lock(const std::filesystem::path& file);

/// A lock and where it lies.
struct FoundLock {
  std::filesystem::path file;
  Lock lock;
};

/// The release as the lock pins it: what nobody has seen of its source here, the lock knows. Throws Error
/// where it is another release than the lock's, or is pinned to another source.
Release locked_release(const FoundLock& found, const Release& release);
/// Throws Error where the lock has no SDK for that port.
const LockedSdk& locked_sdk(const FoundLock& found, const Port& port);
/// Throws Error where what is to be used is not what the lock has.
void require_locked_sdk(const FoundLock& found, const Port& port, const LockedSdk& used);

}  // namespace gostrap
