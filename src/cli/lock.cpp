// gostrap use: writes down what a project's SDKs are.
#include "project/lock.hpp"

#include "cli/release_choice.hpp"
#include "cli/safe_streams.hpp"
#include "cli/use.hpp"
#include "cli/verbs.hpp"
#include "sdk/bent.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/nar.hpp"
#include "support/output_file.hpp"
#include "support/shell_words.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {
namespace {

/// A lock says what the bits are: they are read, not only the manifest that says so too.
Digest bits_of(const Manifest& manifest, const UsedSdk& used) {
  const std::string doing = "lock " + used.path.string();
  if (!manifest.nar) throw Error(doing, "its manifest has no NAR hash");
  const Digest found = nar_hash(used.path / "share" / "go").digest;
  if (found == *manifest.nar) return found;
  throw Error(doing,
              "its share/go was changed: the NAR hash is " + sri(found) + ", and its manifest says " +
                  sri(*manifest.nar),
              "See what was changed: gostrap verify " + as_word(used.path.string()));
}

/// What was locked on other machines stays, unless it is of another profile.
void lock_sdk(LockedSdk& locked, const UsedSdk& used) {
  const Manifest manifest = read_manifest_head(used.path);
  if (locked.profile != used.profile) locked = {used.profile, {}};
  locked.nars[manifest.hosted_on] = bits_of(manifest, used);
}

/// What stays of the lock that was there: the SDKs of the same release and source.
Lock begun_lock(const std::optional<FoundLock>& before, const Release& release) {
  Lock lock{release.version, release.commit, release.nar(), {}};
  if (before && before->lock.release == lock.release && before->lock.source == lock.source)
    lock.sdks = before->lock.sdks;
  return lock;
}

ExitCode use(const UseWords& words) {
  words.common.arguments.require("port, such as riscv64");
  const std::optional<FoundLock> before = project_of(words.release).lock;
  std::optional<Lock> lock;
  for (const std::string& word : words.common.arguments.words) {
    const UsedSdk used = sdk_in_store(words, word, LockUse::written);
    if (!lock) lock = begun_lock(before, used.release);
    if (lock->release != used.release.version) {
      throw UsageError("the SDKs of one lock are of one release, and these are of go" + lock->release.text() +
                           " and " + used.release.name(),
                       "Name it: --release V");
    }
    lock_sdk(lock->sdks[parse_port(word)], used);
  }
  const fs::path file = place_of_lock(fs::current_path(), without_defaults(own_environment()));
  write_output(file, to_text(to_json(*lock)));
  if (words.common.json) {
    Json json = to_json(*lock);
    json["file"] = file.string();
    print_json(json);
  } else {
    std::cout << exact(file.string()) << "\n";
  }
  return ExitCode::done;
}

}  // namespace

const Verb use_verb{
    .name = "use",
    .arguments = "PORT… [OPTIONS]",
    .summary = "write gostrap.lock: which SDKs a project is built with, bit for bit",
    .help =
        "Writes gostrap.lock beside go.work or go.mod, or into the working directory: the release, its "
        "source,\n"
        "and of each port's SDK in the store the profile and the NAR hash, as it is on this kind of "
        "machine.\n"
        "exec, shell, env and compile obey it from then on, and refuse an SDK whose manifest says otherwise "
        "(gostrap\n"
        "verify tells whether an SDK is what its manifest says); build takes its release.\n"
        "The SDKs of other ports that it has already stay in it, and so do those of other kinds of "
        "machines.\n",
    .brief = "PORT…",
    .examples = {{{"gostrap use riscv64 wasm", "gostrap.lock, to be kept with the source"},
                  {"gostrap use riscv64 --release 1.25.3", "the same of another release"}}},
    .bind = bind<UseWords, use>,
};

}  // namespace gostrap
