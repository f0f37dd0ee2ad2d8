// A profile: named deviations from the canonical toolchain. It is part of every key, name and manifest of
// what was made with it; without one, all of them are as if there were no profiles.
#pragma once

#include "release/c_compiler.hpp"
#include "release/release.hpp"
#include "release/setting.hpp"
#include "support/json.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct Profile {
  std::map<std::string, std::string> settings;  ///< how programs are compiled: GOAMD64=v3
  std::map<std::string, std::string> defaults;  ///< what programs start with: GOGC=200
  std::vector<Digest> patches;                  ///< in the order of application
  bool baked = false;                           ///< the settings were there when make.bash ran
  std::optional<CCompiler> c;                   ///< of an SDK that compiles C

  bool empty() const { return *this == Profile(); }
  bool operator==(const Profile&) const = default;

  /// What a host toolchain (and all that is compiled with it) has of it: what is baked, and the patches.
  Profile of_host() const;
  /// What is bound in an SDK's go.env and runtime source alone.
  Profile of_sdk() const;
  /// False where another compiler, or another standard library, would be made than upstream's.
  bool leaves_toolchain_alone() const { return patches.empty() && !baked && defaults.empty(); }

  /// "GOAMD64=v3 GOGC=200, baked, 2 patches"; "" for an empty one.
  std::string text() const;
  /// What a name ends with: "-GOAMD64-v3-baked"; a hash instead where that would be long.
  std::string suffix() const;
};

/// As it stands in manifests and in the inputs of steps: {"GOAMD64": "v3", "bake": true, "patches":
/// [SHA-256], "c": see c_compiler.hpp}.
Json to_json(const Profile& profile);
Profile profile_from_json(const JsonView& json);

/// What a user asked for, before it is checked.
struct ProfileRequest {
  std::vector<std::pair<std::string, std::string>> values;  ///< NAME, value
  std::vector<std::filesystem::path> patches;
  bool bake = false;
  bool fallback = false;  ///< where a value cannot work, the nearest that does is taken
};

/// Reads one word of --profile: "GOAMD64=v3", "GOGC=200,GODEBUG=gctrace=1,madvdontneed=0" (a part that begins
/// with no NAME= belongs to the value before it), or a file. Throws UsageError.
void read_profile_word(const std::string& word, ProfileRequest& request);
/// The same object as above, but patches name files, relative to this one.
void read_profile_file(const std::filesystem::path& file, ProfileRequest& request);

/// The profile of a request for programs of `ports` (none: for those that each setting is for), without its
/// patches' hashes, which the caller reads. Throws UsageError for what cannot work, with the nearest thing
/// that does. Where that is taken instead, `notes` say so. A value given twice is the last one.
Profile checked_profile(const ProfileRequest& request, const Release& release, const std::vector<Port>& ports,
                        const KnownNames* names, std::vector<std::string>& notes);

/// What is known about a profile once a source of its release is at hand: throws UsageError where the names
/// do not hold.
void require_names(const Profile& profile, const Release& release, const Port& port, const KnownNames& names);

}  // namespace gostrap
