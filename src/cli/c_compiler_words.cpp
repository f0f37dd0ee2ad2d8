#include "cli/c_compiler_words.hpp"

#include "release/feature.hpp"
#include "sdk/c_tools.hpp"
#include "support/strings.hpp"
#include "toolchain/c_parts.hpp"
#include "toolchain/probe_c_compiler.hpp"

#include <algorithm>

namespace gostrap {
namespace {

/// The same compiler, found before: what it is needs no asking as long as its parts are what they were.
std::optional<CCompiler> known_compiler(const CRequest& request, const std::vector<StoreEntry>& entries,
                                        const Port& port) {
  for (const StoreEntry& entry : entries) {
    if (entry.kind != Kind::sdk || entry.port != port || !entry.profile.c || entry.is_strangers()) continue;
    const CCompiler& known = *entry.profile.c;
    if (is_asked_for(known, request, port) && changed_parts(known).empty()) return known;
  }
  return std::nullopt;
}

}  // namespace

void CCompilerWords::declare(Options& options) {
  options.add("cgo", "an SDK that compiles C: bound to a C compiler for the port (docs/c.md)", cgo);
  options.add(
      "cc",
      "which one: gcc, clang, musl, mingw, or a program's name or path (default: mingw for windows, gcc "
      "for linux); implies --cgo",
      "KIND|PATH", compiler);
  options.add(
      "sysroot",
      "where it finds headers and libraries of the port: all of them where a C library is there, else "
      "before its own; implies --cgo",
      "DIR", sysroot);
  options.add("static", "link programs that have C in them statically; implies --cgo", is_static);
  options.check([this] {
    if (compiler && compiler->empty())
      throw UsageError("--cc names no compiler", "Leave it out for the usual one.");
    if (sysroot && sysroot->empty())
      throw UsageError("--sysroot names no directory", "Leave it out for none.");
  });
}

CRequest CCompilerWords::request() const {
  return {compiler.value_or(""), is_static, sysroot.value_or("")};
}

std::map<Port, CCompiler> asked_c_compilers(const CCompilerWords& words,
                                            const std::vector<StoreEntry>& entries, const Release& release,
                                            const std::vector<Port>& ports) {
  std::map<Port, CCompiler> compilers;
  if (!words.asked()) return compilers;
  const CRequest request = words.request();
  std::vector<Error> missing;
  for (const Port& port : ports) {
    if (compilers.contains(port)) continue;
    if (const auto refusal = why_not(port, Feature::cgo, release)) throw refusal->error();
    if (auto known = known_compiler(request, entries, port)) {
      compilers[port] = std::move(*known);
      continue;
    }
    try {
      compilers[port] = probe_c_compiler(request, port);
    } catch (const UsageError&) {
      throw;
    } catch (const Error& error) {
      missing.push_back(error);
    }
  }
  if (missing.empty()) return compilers;
  if (missing.size() == 1) throw Error(missing.front());
  const auto sentence = [](const Error& error) { return error.doing() + ": " + error.why(); };
  constexpr std::string_view install = "apt-get install ";
  std::string packages;
  for (const Error& error : missing) {
    if (error.next().starts_with(install)) append(packages, " ", error.next().substr(install.size()));
  }
  throw Error(
      "compile C for all of these ports", join(missing, "; ", sentence),
      packages.empty() ? "" : std::string(install) + packages + ", or leave out those that have none.");
}

void require_same_hardware(const Profile& profile) {
  if (!profile.c) return;
  const bool hard_arm = profile.c->target.ends_with("eabihf");
  for (const auto& [name, value] : profile.settings) {
    const bool soft = value.find("softfloat") != std::string::npos;
    const bool older_arm = name == "GOARM" && hard_arm && (value.starts_with("5") || value.starts_with("6"));
    if (!older_arm && !soft) continue;
    throw UsageError(name + "=" + value + " cannot be together with C: " + profile.c->cc + " compiles for " +
                         profile.c->target + ", which takes more",
                     "Leave " + name + " out, or name a compiler for it by --cc PATH.");
  }
}

std::string other_c_compilers(const std::vector<StoreEntry>& entries, const Release& release,
                              const Port& port, const CCompiler& wanted) {
  std::vector<std::string> others;
  for (const StoreEntry& entry : entries) {  // newest first
    if (entry.kind != Kind::sdk || entry.port != port || entry.release != release.version.text()) continue;
    if (!entry.profile.c) continue;
    const CCompiler& there = *entry.profile.c;
    const bool is_same =
        there.cc == wanted.cc && there.sysroot == wanted.sysroot && there.is_static == wanted.is_static;
    if (is_same) {
      const std::vector<std::string> changed = changed_parts(there);
      const std::string now = changed.size() == 1 ? " is another one now" : " are others now";
      return "it has one bound to " + there.version +
             (changed.empty() ? "" : ", of which " + join(changed, ", ") + now);
    }
    const std::string words = c_option_words(port, there).substr(1);
    if (std::find(others.begin(), others.end(), words) == others.end()) others.push_back(words);
  }
  constexpr std::size_t shown = 3;
  if (others.size() > shown) others.resize(shown);
  return others.empty() ? "" : "it has such with " + enumeration(others, " and with ");
}

}  // namespace gostrap
