// Kinds: what is made on the road from a release, and what a store and a bundle hold. One table says all that
// depends on nothing but the kind.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

enum class Kind {
  source,        ///< the canonical source tree, or that with a profile's patches
  host,          ///< the toolchain that make.bash builds, for the machine that builds
  toolchain,     ///< a GOROOT hosted on a port; a manifest says so of a host too
  sdk,           ///< a toolchain hosted here that targets a port
  archives,      ///< upstream's own files of a toolchain
  modules,       ///< a plain tree out of a bundle: no step makes it
  compiled_std,  ///< what std's packages compile to with an SDK
};

struct KindFacts {
  Kind kind;
  std::string_view word;  ///< in names of outputs, provenances, bundles and on the command line
  bool has_port;          ///< it is for one port
  bool has_goroot;        ///< a GOROOT lies in it, at share/go
  bool cross;             ///< it runs on one port and is for another, with a profile's settings for programs
  int order;              ///< where it stands in a bundle: what others are made from comes first
  double seconds;         ///< on two processors, two steps at a time: how they compare to each other
};
inline constexpr std::array<KindFacts, 7> kind_table{{
    {Kind::source, "source", false, false, false, 0, 5},
    {Kind::host, "host", true, true, false, 1, 150},
    {Kind::toolchain, "toolchain", true, true, false, 3, 95},
    {Kind::sdk, "sdk", true, true, true, 2, 2},
    {Kind::archives, "archives", true, false, false, 4, 35},
    {Kind::modules, "modules", false, false, false, 5, 5},
    {Kind::compiled_std, "std", true, false, true, 6, 40},
}};

const KindFacts& facts_of(Kind kind);
std::string text(Kind kind);
bool has_port(Kind kind);
bool is_cross(Kind kind);
/// Nothing for a word that is none.
std::optional<Kind> kind_called(std::string_view word);
/// "source, host, toolchain, …": for whoever named another.
std::string all_kinds();

}  // namespace gostrap
