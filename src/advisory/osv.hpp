// One advisory, as the OSV format has it (ossf.github.io/osv-schema) and as Go's vulnerability database uses
// it (go.dev/doc/security/vuln/database): which versions of which modules it is about.
#pragma once

#include "advisory/semver.hpp"
#include "release/port.hpp"
#include "support/json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gostrap {

/// Go's own two "modules" of the database.
inline constexpr const char* stdlib_module = "stdlib";
inline constexpr const char* commands_module = "toolchain";  // the go command, compiler and linker

/// Where versions begin or end to be affected.
struct RangeEvent {
  enum class Kind { introduced, fixed, last_affected };
  Kind kind = Kind::introduced;
  std::optional<Semver> version;  ///< nothing: from the very first one on ("introduced": "0")
  std::string text;               ///< as it is written, without "v"
};

/// Of one module; several of them may be about the same one.
struct AffectedModule {
  std::string module;
  std::vector<std::vector<RangeEvent>> ranges;  ///< in order of their versions
  std::vector<Semver> versions;                 ///< that are affected whatever the ranges say
  bool all = false;                             ///< nothing says which
  /// In which packages it is, and on which machines; none where it does not say.
  struct Import {
    std::string package;
    std::vector<std::string> goos, goarch;  ///< empty: all
  };
  std::vector<Import> imports;
};

struct Advisory {
  std::string id;                    ///< "GO-2025-3447"
  std::vector<std::string> aliases;  ///< "CVE-2025-22866", "GHSA-…"
  std::string summary;
  std::string url;
  bool withdrawn = false;
  std::vector<AffectedModule> affected;
};

/// Throws Error for what is none, or has another form.
Advisory advisory_from_json(const JsonView& json);

/// The version that ends it for `version`: empty where none is known. Nothing where that version is not
/// affected.
struct Affected {
  std::string fixed;
};
/// Where `port` is given, what is only about other ports does not count.
std::optional<Affected> is_affected(const Advisory& advisory, const std::string& module,
                                    const Semver& version, const std::optional<Port>& port = {});

}  // namespace gostrap
