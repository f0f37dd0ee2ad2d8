// A seed: what std's packages compile to, for the go command's build cache, as an output that stands beside
// an SDK. It has no time and no place in it: the same bits on any machine, for whoever uses that SDK.
//
//   bin/go_cache             what GOCACHEPROG names (go_cache/): it finds the rest beside itself
//   share/std/index          the results, by what they are made of
//   share/std/SIZE-SHA256    what they are: packages, what vet found out about them; equal bytes once
//
// A package and what it is with -trimpath have nearly the same bytes, and very often as many: by their size
// they stand beside each other in a listing, and so in a bundle, which takes a quarter less for it.
#pragma once

#include "release/profile.hpp"
#include "release/release.hpp"
#include "support/hash.hpp"
#include "toolchain/make_runner.hpp"
#include "toolchain/workshop.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

/// The go command's own, since when it asks a program for its build cache (GOCACHEPROG).
inline constexpr Version first_with_cache_programs{1, 24, 0};

/// Counts up with the names and the index above: one laid out otherwise is another output.
inline constexpr int seed_layout = 2;

/// What the go command stores under an action ID (cmd/go/internal/cache).
struct SeedResult {
  Digest output{};  ///< the SHA-256 of its bytes
  std::uint64_t size = 0;
  bool operator==(const SeedResult&) const = default;
};
using SeedIndex = std::map<Digest, SeedResult>;  ///< by action ID

std::string to_text(const SeedIndex& index);
/// Of lines alone, as make.sh lists them. Throws Error; `file` stands in it.
SeedIndex read_results(std::string_view lines, const std::string& file);
/// Throws Error for one that is damaged, or that a newer gostrap wrote; `file` stands in it.
SeedIndex read_seed_index(std::string_view text, const std::string& file);

std::filesystem::path seed_index(const std::filesystem::path& output);
std::filesystem::path seed_file(const std::filesystem::path& output, const SeedResult& result);
/// What a file is by its name, in a seed or (as HASH-d) in the go command's own cache; nothing by another
/// name.
std::optional<Digest> output_named(std::string_view file);
/// The program, as GOCACHEPROG has it (cmd/internal/quoted); empty for a path that it cannot have, one with
/// both kinds of quotes.
std::string seed_command(const std::filesystem::path& output);
std::filesystem::path seed_program(const std::filesystem::path& output);

/// Why a port has none: its go command would make no program without a C compiler (MustLinkExternal in
/// src/internal/platform/supported.go).
std::optional<std::string> why_no_seed(const Port& port);

/// How std is compiled: as the SDK's own go command does it.
enum class SeedC {
  none,  ///< CGO_ENABLED=0
  c,     ///< with C, by the compiler that the SDK is bound to
  race,  ///< and a second time with -race
};
/// -race has C in it: upstream's objects in runtime/race, which are linked to glibc or mingw, dynamically.
SeedC seed_c(const ReleasePort& at, const Profile& sdk);

/// Of what decides a seed's bits beside the SDK: how it is asked for, the program, and how it is laid out.
std::string seed_identity(SeedC c);

/// Compiles std with the SDK's own go command, and the program; make.sh says what it leaves in the directory
/// seed_results(workshop).
BuildRun compile_seed(const ReleasePort& at, SeedC c, const std::filesystem::path& sdk,
                      const Workshop& workshop);
std::filesystem::path seed_results(const Workshop& workshop);

/// Puts what make.sh has left in the directory `results`, wherever it ran, into the directory `to`. What is
/// known by a place or a time stays out; what is not what its name says is refused.
void lay_out_seed(const std::filesystem::path& results, const std::filesystem::path& to);

}  // namespace gostrap
