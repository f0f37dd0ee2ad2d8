#include "sdk/verify_std.hpp"

#include "sdk/hello.hpp"
#include "sdk/launcher.hpp"
#include "seed/seed.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/strings.hpp"

namespace gostrap {
namespace {

/// The packages of std that `go build -x` says it compiles: lines with "/compile -o … -p PACKAGE …" .
std::string compiled_by(const std::string& said) {
  std::string packages;
  for (const std::string_view line : lines_of(said)) {
    if (line.find("/compile -o ") == std::string_view::npos) continue;
    const std::size_t at = line.find(" -p ");
    if (at == std::string_view::npos) continue;
    const std::string package(line.substr(at + 4, line.find(' ', at + 4) - at - 4));
    if (package != "main") append(packages, ", ", package);
  }
  return packages;
}

}  // namespace

Check check_std(const fs::path& output, const fs::path& sdk) {
  Check check{"hello by it", Check::Result::passed, "", {}};
  const Manifest manifest = read_manifest_head(sdk);
  const std::optional<Version> version = parse_version(manifest.release);
  if (!version || *version < first_with_cache_programs) {
    check.result = Check::Result::not_possible;
    check.says = "the go command of " + manifest.release + " asks no cache program";
    return check;
  }
  require_execution(output);
  require_execution(sdk);
  Hello hello(sdk, manifest);  // one, in one place: what is built without -trimpath names it
  try {
    for (const std::string flags : {"-trimpath=false", "-trimpath"}) {
      const fs::path with_it =
          hello.build("with", {"-x", flags}, {{cache_program_variable, seed_command(output)}});
      if (const std::string compiled = compiled_by(hello.said()); !compiled.empty())
        check.details.push_back("with " + flags + " these are compiled all the same: " + compiled);
      const fs::path without =
          hello.build("without", {flags}, {{"GOCACHE", hello.directory("other-cache").string()}});
      if (sha256_file(with_it) != sha256_file(without))
        check.details.push_back("with " + flags + " another program is made without it");
    }
  } catch (const ProgramFailed& error) {
    check.details.push_back(error.why());
  }
  check.says = check.details.empty() ? "no package of std is compiled again, and the program is the same"
                                     : "it does not do what it is for";
  if (!check.details.empty()) check.result = Check::Result::failed;
  return check;
}

}  // namespace gostrap
