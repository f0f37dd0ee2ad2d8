// Bootstraps: the older Go (or gccgo) that make.bash starts from. Where they are looked for, and what each
// is.
#pragma once

#include "release/version.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct Bootstrap {
  enum class Kind { go, gccgo };
  Kind kind = Kind::go;
  std::filesystem::path go;  ///< its go command; for Kind::go that is <goroot>/bin/go
  Version version;           ///< gccgo 12 to 15 count as 1.18
  std::string description;   ///< "go1.23.5 linux/amd64", as it calls itself
  std::string found;         ///< how it was found: "--bootstrap", "PATH", "/usr/lib/go-1.23"

  std::filesystem::path goroot() const { return go.parent_path().parent_path(); }
  /// "go1.23.5", "gccgo 12.2.0"
  std::string name() const;
};

/// A place that was looked at and why it is not a bootstrap.
struct Rejected {
  std::string place, why;
};

struct BootstrapSearch {
  std::vector<Bootstrap> found;  ///< in the order of the search, each goroot once
  std::vector<Rejected> rejected;
  std::string
      passed_over;  ///< why GOROOT_BOOTSTRAP is not among those found, as a sentence; empty where it is
};

/// Asks the go command below `named` (or the go command `named` itself) what it is, and where its own GOROOT
/// is: that of the bootstrap. The word "gccgo" names the newest gccgo's that is on PATH.
std::optional<Bootstrap> probe_bootstrap(const std::filesystem::path& named, const std::string& found,
                                         std::string& why);

/// Looks at GOROOT_BOOTSTRAP, PATH, /usr/lib/go-*, /usr/local/go, ~/sdk/go*, ~/go*, then for gccgo.
BootstrapSearch search_bootstraps();

/// A directory that make.bash accepts as GOROOT_BOOTSTRAP: the goroot, or for gccgo one made in `work` whose
/// bin/go leads to it.
std::filesystem::path bootstrap_directory(const Bootstrap& bootstrap, const std::filesystem::path& work);

}  // namespace gostrap
