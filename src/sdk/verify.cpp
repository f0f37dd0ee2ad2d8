#include "sdk/verify.hpp"

#include "archive/untrusted_name.hpp"
#include "program/read_program.hpp"
#include "sdk/exec_wrapper.hpp"
#include "sdk/hello.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/stage.hpp"
#include "support/strings.hpp"
#include "toolchain/c_parts.hpp"

#include <algorithm>
#include <cctype>
#include <limits>
#include <optional>

namespace gostrap {
namespace {

/// Go's own, where the profile has none.
std::string expected_defaults(const Profile& profile) {
  const auto value = [&](const char* name, std::string otherwise) {
    const auto set = profile.defaults.find(name);
    return set == profile.defaults.end() ? otherwise : set->second;
  };
  const std::string percent = value("GOGC", "100");
  const std::int64_t limit =
      byte_count(value("GOMEMLIMIT", "")).value_or(std::numeric_limits<std::int64_t>::max());
  return "GOGC " + (percent == "off" ? "-1" : percent) + ", GOMEMLIMIT " + std::to_string(limit);
}

/// What is wrong with what a hello said, or nothing. What GODEBUG makes the runtime say stands beside it.
std::optional<std::string> why_not_hello(const std::string& said, const Manifest& manifest) {
  const std::string lines = "\n" + said + "\n";
  const std::string hello = "hello from " + manifest.port.text() + ", go" + manifest.release;
  const std::size_t at = lines.find("\n" + hello);
  // behind the version may stand that it is patched, or its experiments
  const char next = at == std::string::npos ? 'x' : lines[at + 1 + hello.size()];
  if (next != '\n' && next != ' ' && next != '-') return hello;
  if (manifest.profile.defaults.empty()) return std::nullopt;
  const std::string defaults = expected_defaults(manifest.profile);
  return lines.find("\n" + defaults + "\n") == std::string::npos ? std::optional(hello + "\n" + defaults)
                                                                 : std::nullopt;
}

/// What differs between two maps by path, in words.
template <typename Value>
void compare(const std::map<std::string, Value>& recorded, const std::map<std::string, Value>& found,
             std::vector<std::string>& differences) {
  for (const auto& [path, value] : recorded) {
    const auto there = found.find(path);
    if (there == found.end()) {
      differences.push_back(printable(path) + " is missing");
    } else if (!(there->second == value)) {
      differences.push_back(printable(path) + " was changed");
    }
  }
  for (const auto& [path, value] : found) {
    if (recorded.count(path) == 0) differences.push_back(printable(path) + " is not in the manifest");
  }
}

/// Of a hello that has C in it.
void compare_linkage(const ProgramFacts& facts, const CCompiler& compiler, Check& check) {
  check.name = "hello is linked by the C compiler";
  check.says = compiler.is_static ? "no interpreter, no shared libraries"
                                  : facts.interpreter + ", " + join(facts.needed, ", ");
  const bool as_expected = compiler.is_static ? facts.is_static() : facts.interpreter == compiler.interpreter;
  if (as_expected) return;
  check.result = Check::Result::failed;
  check.details = {"it should be " + (compiler.is_static ? "static" : "linked to " + compiler.interpreter)};
}

Check check_linkage(const fs::path& plain, const fs::path& stripped, const Manifest& manifest) {
  Check check{"hello is static", Check::Result::passed, "no interpreter, no shared libraries", {}};
  const std::optional<ProgramFacts> facts = read_elf_file(plain);
  if (!facts) {
    check.result = Check::Result::not_possible;
    check.says = "not an ELF file, so linkage is not looked at";
    return check;
  }
  if (manifest.profile.c) {
    compare_linkage(*facts, *manifest.profile.c, check);
  } else if (!facts->is_static()) {
    check.result = Check::Result::failed;
    check.says = "it is dynamically linked";
    check.details = facts->needed;
  }
  if (check.result == Check::Result::passed && read_elf_file(stripped).value_or(ProgramFacts{}).debug) {
    check.result = Check::Result::failed;
    check.says = "with -ldflags='-s -w' it still has .debug sections";
  }
  return check;
}

}  // namespace

Check check_files(const fs::path& output, const Manifest& manifest) {
  Manifest found = manifest;
  record_contents(output, found);
  Check check{"files", Check::Result::passed, "", {}};
  compare(manifest.files, found.files, check.details);
  compare(manifest.links, found.links, check.details);
  const std::size_t differences = check.details.size();
  if (differences == 0 && manifest.nar != found.nar) {
    check.details.push_back("the NAR hash of share/go is " + sri(*found.nar) + ", the manifest says " +
                            (manifest.nar ? sri(*manifest.nar) : "none"));
  }
  if (check.details.empty()) {
    check.says = counted(manifest.files.size(), "file") + " as the manifest says";
    if (manifest.nar) check.says += ", share/go is " + sri(*manifest.nar);
    return check;
  }
  check.result = Check::Result::failed;
  check.says = counted(check.details.size(), "difference") + " from the manifest";
  shorten(check.details);
  return check;
}

Check check_programs(const fs::path& output, const Manifest& manifest) {
  Check check{"programs are static", Check::Result::passed, "", {}};
  std::size_t looked_at = 0;
  for (const auto& [path, record] : manifest.files) {
    const bool is_program = path.starts_with("share/go/bin/") || path.starts_with("share/go/pkg/tool/");
    if (!record.executable || !is_program) continue;
    const std::optional<ProgramFacts> facts = read_elf_file(output / path);
    if (!facts) continue;
    ++looked_at;
    if (!facts->is_static()) check.details.push_back(path + " is dynamically linked");
  }
  if (looked_at == 0) {
    check.result = Check::Result::not_possible;
    check.says = "its programs are for " + manifest.hosted_on.text() + ", not ELF";
    return check;
  }
  check.says = counted(looked_at, "program") + " without interpreter and shared libraries";
  if (!check.details.empty()) {
    check.result = Check::Result::failed;
    check.says =
        counted(check.details.size(), "program") + " of " + std::to_string(looked_at) + " not static";
  }
  return check;
}

Check check_c_compiler(const CCompiler& compiler) {
  Check check{"C compiler", Check::Result::passed, compiler.text(), {}};
  const std::vector<std::string> changed = changed_parts(compiler);
  if (changed.empty()) return check;
  check.result = Check::Result::failed;
  check.says =
      "it is not what this SDK is bound to, " + compiler.text() + ": `gostrap build` makes another SDK";
  for (const std::string& each : changed) check.details.push_back(each + " is gone, or another one");
  shorten(check.details);
  return check;
}

std::vector<Check> check_hello(const fs::path& output, const Manifest& manifest) {
  Check builds{"hello builds", Check::Result::passed, "for " + manifest.port.text(), {}};
  if (manifest.hosted_on != own_port()) {
    builds.result = Check::Result::not_possible;
    builds.says = "it is hosted on " + manifest.hosted_on.text() + ", its go command does not run here";
    return {builds};
  }
  Check runs{"hello runs", Check::Result::passed, "", {}};
  require_execution(output);
  require_execution(temporary_place());
  try {
    Hello hello(output, manifest);
    const fs::path plain = hello.build("plain", {});
    const fs::path stripped = hello.build("stripped", {"-trimpath", "-ldflags=-s -w"});
    builds.says += ", " + std::to_string(fs::file_size(plain)) + " bytes, stripped " +
                   std::to_string(fs::file_size(stripped));
    const Check linkage = check_linkage(plain, stripped, manifest);
    if (const auto reason = why_not_run(manifest.port, manifest.hosted_on,
                                        manifest.profile.c ? &*manifest.profile.c : nullptr)) {
      runs.result = Check::Result::not_possible;
      runs.says = *reason;
      return {builds, linkage, runs};
    }
    try {
      runs.says = hello.run_built(plain);
      if (const auto expected = why_not_hello(runs.says, manifest)) {
        runs.result = Check::Result::failed;
        runs.details = {"it should have said: " + *expected};
      }
    } catch (const ProgramFailed& error) {
      // the runtime's own words (bad_cpu_msg in src/runtime/asm_amd64.s) where the machine has not what the
      // profile asks for
      const bool other_machine = error.why().find("microarchitecture support") != std::string::npos;
      runs.result = other_machine ? Check::Result::not_possible : Check::Result::failed;
      runs.says = error.why();
    }
    return {builds, linkage, runs};
  } catch (const ProgramFailed& error) {
    builds.result = Check::Result::failed;
    builds.says = error.why();
    return {builds};
  }
}

}  // namespace gostrap
