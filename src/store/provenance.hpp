// Provenance: the JSON beside an output that says how it came to be. Nothing in it is part of the output: two
// roads to the same bits have two provenances. All who write one, or want to know something of one, do it by
// these types.
//
//   gostrap    the version that made it             "0.1.0"
//   made       when that began, UTC                 "2026-11-23T07:00:00Z"
//   machine    where                                {"system": "Linux 6.1", "architecture": "x86_64",
//   "processors": 2} name       of the output                        "go1.24.4-sdk-linux-riscv64" key the
//   hash of the inputs               32 hexadecimal digits; "" where no step made it inputs     all that
//   decides its bits            see StepInputs why        for whoever reads the plan           "asked for"
//   making     what was done                        see Making
//   seconds    how long that took, and of which phases: {"name", "begin", "seconds"}, begin from its own
//   begin on log        what the commands printed            a path; "" where there is none from       the
//   provenances of what it was made from installed  where a bundle brought it            {"made", "bundle":
//   "sha256:…", "signedBy", "vouched"} claims     what a bundle that nobody vouches for says of it, as it
//   came; nobody looks into it rebuilt    of a host that was unpacked: the provenance of the same bits, which
//   were built from source since then
#pragma once

#include "release/kind.hpp"
#include "release/profile.hpp"
#include "release/published.hpp"
#include "support/json.hpp"
#include "support/time.hpp"
#include "toolchain/make_runner.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

/// What identifies the Go that a host toolchain is built from.
struct BootstrapId {
  std::string name, go;  ///< from outside of the store: "go1.23.5", and the SHA-256 of its go command
  std::string step;      ///< the rung below: its key

  bool operator==(const BootstrapId&) const = default;
};

/// What decides the bits of an output. Its key is the hash of `text`, which is kept as it was written: a
/// gostrap that writes it otherwise would know no store of an earlier one.
struct StepInputs {
  Kind kind = Kind::source;
  std::string release;           ///< "1.24.4"; empty for modules
  std::optional<Digest> source;  ///< the release's source: of its NAR; none of modules
  std::optional<Port> port;
  bool reference = false;  ///< a toolchain made by GOOS/GOARCH make.bash
  Profile profile;
  std::optional<BootstrapId> bootstrap;       ///< of a host that make.bash has made
  std::optional<PublishedArchive> published;  ///< of a host that was unpacked: upstream's archive of it
  std::string text;                           ///< JSON: all of that, and what else is hashed
};
/// Of what no step made: no more than what it is.
StepInputs inputs_of(Kind kind, const std::string& release, const std::optional<Digest>& source,
                     const std::optional<Port>& port, const Profile& profile = {});
StepInputs read_inputs(const JsonView& json);
/// The key of what is made from these inputs: 32 hexadecimal digits of their hash.
std::string key_of(const std::string& inputs);

struct PatchName {
  std::string name, sha256;
};

/// What was done to make an output: each kind has its part of this.
struct Making {
  std::optional<BuildRun> run;       ///< make.bash, go install or distpack
  std::string bootstrap;             ///< of a host: "go1.23.5 linux/amd64", as it calls itself
  std::string origin, origin_kind;   ///< of a source: a URL or path; "git", "archive" or "directory"
  std::vector<PatchName> patches;    ///< of a source and a host
  std::string nar;                   ///< of a source: SRI
  std::string commit;                ///< of a source, where git told it
  std::vector<Making> on_the_way{};  ///< of archives: the toolchain, where that was no step of its own
};

struct Machine {
  std::string system, architecture;  ///< "Linux 6.1.0", "x86_64"
  unsigned processors = 0;
};

struct TimedPhase {
  std::string name;
  double begin = 0;  ///< seconds since the step's own begin
  double seconds = 0;
};

/// That a bundle brought it.
struct Installed {
  std::optional<Time> made;  ///< when it was installed
  std::string bundle;        ///< "sha256:…" of its index; empty where that is not told in plain words
  std::string signed_by;     ///< the fingerprint of the key that signed it
  bool vouched = false;      ///< whoever installed it had named that key
};

struct Provenance {
  std::string gostrap;
  std::optional<Time> made;
  std::optional<Machine> machine;
  std::string name, key;
  std::optional<StepInputs> inputs;
  std::string why;
  std::optional<Making> making;
  double seconds = 0;
  std::vector<TimedPhase> phases;
  std::optional<std::string> log;
  std::vector<Provenance> from;
  std::optional<Installed> installed;
  std::string claims;               ///< JSON
  std::vector<Provenance> rebuilt;  ///< at most one
};

/// What every provenance begins with: gostrap's version, the hour and the machine.
Provenance begun_now();

/// Strict: throws Error, with the place, for what has another shape, numbers that none can be, and words with
/// control characters or of more than 4096 bytes. An hour that is none is left out, and an `installed` of
/// another shape vouches for nothing: neither hides an entry.
Provenance read_provenance(const JsonView& json);
Provenance read_provenance(const std::filesystem::path& file);

/// What is not known is not written, so that what was read is written as it was.
Json to_json(const Provenance& provenance);
std::string to_text(const Provenance& provenance);

/// Without what differs from one making to the next: the hour, the machine, its directories.
Provenance portable(const Provenance& provenance);

/// A source without patches: it is what its release's pin says, whoever brought it.
bool is_pinned_source(const Provenance& provenance);
/// Where nobody vouches for the bundle that brought it, or something that it was made from (docs/TRUST.md);
/// pinned sources aside.
const Installed* strangers_part(const Provenance& provenance);

/// The provenance of the host that was unpacked from upstream's archive (its inputs say from which): of what
/// was, or was made with one that was. Nothing where make.bash has made it, whatever its bootstrap was, or
/// has made the same bits since.
const Provenance* published_host(const Provenance& provenance);
/// The provenance in which every host of that key, unpacked, has `rebuilt` beside it; nothing where there is
/// none.
std::optional<Provenance> with_rebuilt_host(const Provenance& provenance, const std::string& key,
                                            const Provenance& rebuilt);

/// Where the provenance of an output lies: beside it, or with the store's; nothing when it is in neither
/// place.
std::optional<std::filesystem::path> provenance_of(const std::filesystem::path& output);

}  // namespace gostrap
