// What the SDK's own go command tells about a program: `go list -json -deps` for the packages, `go env -json`
// for what it would set. Only metadata: nothing is compiled there (cmd/go/internal/load,
// cmd/go/internal/modinfo).
#pragma once

#include "support/json.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct GoModule {
  std::string path, version, directory, go_version;
  bool main = false;
  std::shared_ptr<const GoModule> replacement;
};

struct GoPackage {
  std::string directory;    ///< absolute
  std::string import_path;  ///< final: "vendor/golang.org/x/net/idna"
  std::string name;         ///< "main"
  std::string default_godebug;
  bool standard = false, in_goroot = false;
  bool only_dependency = false;  ///< not asked for, but needed
  std::shared_ptr<const GoModule> module;
  std::map<std::string, std::string> import_map;  ///< as written in the source -> final, where they differ
  std::vector<std::string> imports;               ///< final
  std::vector<std::string> go_files, assembly_files, header_files, object_files;  ///< names in the directory
  std::vector<std::string> foreign_files;  ///< what only cgo or SWIG could build
  std::vector<std::string> ignored_files,
      test_files;  ///< Go files that do not count for the port, or are tests
  std::vector<std::string> embed_patterns, embed_files;
};

/// The fields of GoPackage as `go list -json=` wants them named: with exactly these it need not look whether
/// packages are stale, which takes most of its time.
extern const char* const go_list_fields;

/// Throws, in the go command's words, where a package has no Go files for the port: `go list` lets a package
/// pass that has test files, and go build does not.
void require_go_files(const std::vector<GoPackage>& packages);

/// Whether it was made of files that were named.
bool is_of_named_files(const GoPackage& package);

/// Reads what `go list -json` prints, one document after the other, dependencies first.
std::vector<GoPackage> parse_go_list(std::string_view text);

/// Reads what `go env -json` prints.
std::map<std::string, std::string> parse_go_env(std::string_view text);

}  // namespace gostrap
