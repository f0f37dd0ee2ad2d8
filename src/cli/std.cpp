// gostrap std: the step from an SDK to what std's packages compile to with it.
#include "cli/plumbing.hpp"
#include "cli/verbs.hpp"
#include "road/std_step.hpp"
#include "sdk/manifest.hpp"
#include "store/located.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/run_failure.hpp"

namespace gostrap {
namespace {

struct StdWords {
  CommonWords common;
  OutputWords output;
  std::optional<std::string> results;

  void declare(Options& options) {
    common.declare(options);
    output.declare_making(options);
    options.add("results", "a directory of what the SDK's go command has compiled, to lay out", "DIR",
                results);
  }
};

Manifest manifest_of_sdk(const fs::path& sdk) {
  Manifest manifest = read_manifest_head(sdk);
  if (manifest.kind == Kind::sdk && manifest.hosted_on == own_port()) return manifest;
  throw UsageError(sdk.string() + " is a " + text(manifest.kind) + " hosted on " + manifest.hosted_on.text() +
                       ", not an SDK that runs here",
                   "`gostrap sdk` makes one.");
}

ExitCode make_std(const StdWords& words) {
  const fs::path sdk =
      fs::absolute(words.common.arguments.one("SDK, as `gostrap sdk` makes it")).lexically_normal();
  const Manifest manifest = manifest_of_sdk(sdk);
  const Releases releases = words.common.releases();
  const Release& release = releases.get(manifest.release);
  if (!words.results) require_exec(sdk, "run the SDK");
  const StdStep step{release.at(manifest.port), manifest.profile, 0};
  std::vector<Provenance> from;
  if (const auto known = known_entry_at(words.common.store(), sdk))
    from.push_back(read_provenance(words.common.store().provenance_file(known->entry)));
  make_out(
      words.common, words.output,
      [&](const fs::path& place, const Workshop& workshop) {
        if (!words.results) return step.make({sdk}, place, workshop);
        lay_out_std(sdk, *words.results, place, workshop.progress);
        return Making();
      },
      std::move(from));
  return ExitCode::done;
}

}  // namespace

const Verb std_verb{
    .name = "std",
    .arguments = "SDK --out D [OPTIONS]",
    .summary = "what std's packages compile to with an SDK",
    .help =
        "Compiles the standard library with an SDK's own go command (plain, with -trimpath, for vet and for\n"
        "tests) and lays the results out for the go command's build cache: GOCACHEPROG=D/bin/go_cache has\n"
        "every go command of that release and port, from 1.24 on, take them from there. With --results it\n"
        "compiles nothing: src/seed/make.sh has done so, as in Nix, and says what such a directory holds.\n",
    .group = VerbGroup::single_step,
    .examples = {{{"gostrap std ./sdk --out ./std", "the compiled std beside it"}}},
    .bind = bind<StdWords, make_std>,
};

}  // namespace gostrap
