// gostrap source, host, toolchain, sdk and archives: one step each, into the directory --out. Nix derivations
// call them.
#include "cli/plumbing.hpp"
#include "cli/profile_options.hpp"
#include "cli/verbs.hpp"
#include "release/own_releases.hpp"
#include "release/published.hpp"
#include "sdk/manifest.hpp"
#include "sdk/sdk_of_own_host.hpp"
#include "source/goroot.hpp"
#include "store/located.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/nar.hpp"
#include "support/process.hpp"
#include "support/run_failure.hpp"

namespace gostrap {
namespace {

struct HostWords {
  CommonWords common;
  OutputWords output;
  std::optional<std::string> source, bootstrap;
  ProfileWords profile;

  void declare(Options& options) {
    common.declare(options);
    output.declare_making(options);
    options.add("source", "a canonical source tree, as `gostrap source` makes it", "S", source);
    options.add("bootstrap", "a GOROOT, a toolchain of gostrap, or gccgo's go command", "B", bootstrap);
    profile.declare_without_c(options);
  }
};

/// What every step after the host's has.
struct StepWords {
  CommonWords common;
  OutputWords output;
  std::optional<std::string> host;
  bool accept_unsigned = false;

  void declare(Options& options) {
    common.declare(options);
    output.declare_making(options);
    options.add("host", "a toolchain that runs here, or upstream's archive of it", "H", host);
    options.add("accept-unsigned", "take one that nobody vouches for: what it makes is marked",
                accept_unsigned);
  }
};

/// What every step after the host's starts from.
struct PortAndHost {
  Port port;
  fs::path host;  ///< an output, or upstream's archive of one
  Release release;
  bool packed = false;           ///< it is an archive
  std::vector<Provenance> from;  ///< what is to be said of it, beside what is made with it
};

Provenance marked_as(const StoreEntry& stranger) {
  Provenance marked;
  marked.installed = Installed{std::nullopt, stranger.bundle, stranger.signed_by, false};
  return marked;
}

/// What is to be said of an output, beside what is made with it: nothing of what was built here or vouched
/// for.
std::vector<Provenance> origin_of(const StepWords& words, const fs::path& output) {
  std::optional<StoreEntry> origin = known_entry_at(words.common.store(), output);
  if (!origin) return {};
  if (origin->is_published()) return {read_provenance(words.common.store().provenance_file(origin->entry))};
  if (!origin->is_strangers()) return {};
  if (!words.accept_unsigned) {
    throw Error("make something with " + output.string(), "it is " + origin->whence(),
                "Have it vouched for: gostrap bundle install FILE --key FILE.pub; or take it as it is: "
                "--accept-unsigned.");
  }
  return {marked_as(*origin)};
}

/// Upstream's archive in place of a host toolchain: the release is that of its name.
PortAndHost port_and_archive(const StepWords& words, const Port& port, const fs::path& archive) {
  const std::optional<Version> version = version_of_archive(archive, own_port());
  if (!version) {
    throw UsageError("--host " + archive.string() +
                         " is a file, and by its name not upstream's archive of a "
                         "toolchain that runs here, such as " +
                         archive_name(words.common.releases().default_release().version.text(), own_port()),
                     "Name that, or the directory of a toolchain, as `gostrap host` makes it.");
  }
  PortAndHost given{port, archive, words.common.releases().get(version->text()), true, {}};
  const PublishedHostStep step{&given.release};
  Provenance provenance = begun_now();
  provenance.name = step.output().name();
  provenance.inputs = read_inputs(JsonDocument(step.inputs({}), provenance.name).view());
  provenance.key = key_of(provenance.inputs->text);
  provenance.making = made_of(archive.string());
  given.from.push_back(std::move(provenance));
  return given;
}

PortAndHost port_and_host(const StepWords& words) {
  const Port port = parse_port(words.common.arguments.one("port"));
  if (!words.host) {
    throw UsageError("--host H is missing: a toolchain that runs here, as `gostrap host` makes it");
  }
  const fs::path host = *words.host;
  if (!fs::exists(host)) throw UsageError("--host " + host.string() + ": there is no such file or directory");
  if (fs::is_regular_file(host)) return port_and_archive(words, port, host);
  const Manifest manifest = read_manifest_head(host);
  if (manifest.kind != Kind::toolchain || manifest.hosted_on != own_port()) {
    throw UsageError("--host " + host.string() + " is a " + text(manifest.kind) + " hosted on " +
                         manifest.hosted_on.text() + ", not a toolchain that runs here",
                     "`gostrap host` makes one.");
  }
  Release release = words.common.releases().get(manifest.release);
  if (!release.source) release.source = manifest.source;
  return {port, host, std::move(release), false, origin_of(words, host)};
}

/// The directory of the host toolchain, unpacked where it was not.
fs::path host_to_use(const PortAndHost& given, const Workshop& workshop) {
  if (!given.packed) return given.host;
  const fs::path host = workshop.work / "host";
  unpack_host(given.release, given.host, host, workshop);
  return host;
}

/// Of which the tree's VERSION file begins with the name. A source of which no NAR hash is known is the one
/// that was given: whoever made it has held it against the other pins.
Release release_of_source(const fs::path& source, const Releases& releases) {
  Release release = releases.get(version_line(source));
  if (!release.source) release.source = nar_hash(source).digest;
  return release;
}

Bootstrap named_bootstrap(const HostWords& words) {
  if (!words.bootstrap) throw UsageError("--bootstrap B is missing: the GOROOT of an older Go");
  fs::path goroot = *words.bootstrap;
  // an output of ours keeps its GOROOT in share/go
  if (fs::exists(goroot / "share" / "go" / "bin" / "go")) goroot = goroot / "share" / "go";
  std::string why;
  const std::optional<Bootstrap> bootstrap = probe_bootstrap(goroot, "--bootstrap", why);
  if (!bootstrap) throw Error("use the bootstrap " + goroot.string(), why);
  return *bootstrap;
}

void require_floor(const Release& release, const Bootstrap& bootstrap) {
  if (bootstrap.version >= release.bootstrap) return;
  throw UsageError(release.name() + " needs Go " + release.bootstrap.text() +
                       " or newer as its bootstrap, and " + bootstrap.go.string() + " is " + bootstrap.name(),
                   "`gostrap plan " + own_port().text() + " --release " + release.version.text() +
                       "` shows a ladder that leads there.");
}

AskedProfile host_profile(const HostWords& words, const Release& release) {
  AskedProfile asked = asked_profile(words.profile, words.common.store(), release, {});
  if (const Profile sdk = asked.profile.of_sdk(); !sdk.empty()) {
    throw UsageError(
        "a host toolchain cannot have " + sdk.text() + ": that is bound in an SDK's go.env and runtime",
        sdk.defaults.empty() ? "--bake has make.bash bake settings into the toolchain itself."
                             : "`gostrap sdk PORT --profile …` is the step that takes it.");
  }
  return asked;
}

struct SdkWords : StepWords {
  ProfileWords profile;

  void declare(Options& options) {
    StepWords::declare(options);
    profile.declare(options);
  }
};

Profile sdk_profile(const SdkWords& words, const PortAndHost& given) {
  if (words.profile.bake || !words.profile.patches.empty()) {
    throw UsageError("an SDK is made from a host toolchain that has its patches, and what is baked, already",
                     "`gostrap host --patch … --bake` makes one.");
  }
  Profile profile = asked_profile(words.profile, words.common.store(), given.release, {given.port}).profile;
  std::set<std::string> said;
  say_remarks(profile, said);
  return profile;
}

struct SourceWords {
  CommonWords common;
  OutputWords output;
  LimitsWords limits;
  PatienceWords patience;
  std::vector<std::string> from;

  void declare(Options& options) {
    common.declare(options);
    output.declare_out(options);
    limits.declare(options);
    patience.declare(options);
    options.add("from", "another origin: URL, archive or directory (repeatable)", "ORIGIN", from);
  }
};

ExitCode make_source(const SourceWords& words) {
  const Releases releases = words.common.releases();
  const Release& release = releases.get(words.common.arguments.one("release, such as 1.24.4"));
  SourceSettings sources;
  sources.origins[release.version] = words.from;
  if (sources.origins[release.version].empty()) {
    const auto mirror = environment_value("GOSTRAP_MIRROR");
    sources.origins[release.version] = mirror ? std::vector<std::string>{*mirror} : release.origins;
  }
  sources.offline = words.common.offline();
  sources.limits = words.limits.limits();
  sources.patience = words.patience.patience();
  std::string nar;
  make_out(words.common, words.output, [&](const fs::path& place, Workshop workshop) {
    workshop.sources = sources;
    Making made = SourceStep{&release}.make({}, place, workshop);
    nar = made.nar;
    return made;
  });
  if (!release.source) add_seen_source(words.common.releases_file(), release.version, *digest_in_sri(nar));
  return ExitCode::done;
}

ExitCode make_host(const HostWords& words) {
  if (!words.source) throw UsageError("--source S is missing: a tree as `gostrap source` makes it");
  const fs::path source = *words.source;
  const Release release = release_of_source(source, words.common.releases());
  const Bootstrap bootstrap = named_bootstrap(words);
  require_exec(fs::temp_directory_path(), "build in");
  require_floor(release, bootstrap);
  AskedProfile asked = host_profile(words, release);
  const HostStep step{&release, std::move(asked.profile), std::move(asked.patches), bootstrap, 0};
  make_out(words.common, words.output, [&](const fs::path& place, const Workshop& workshop) {
    return step.make({source}, place, workshop);
  });
  return ExitCode::done;
}

struct ToolchainWords : StepWords {
  bool reference = false;

  void declare(Options& options) {
    StepWords::declare(options);
    options.add("reference", "upstream's slow way: GOOS/GOARCH make.bash", reference);
  }
};

ExitCode make_toolchain(const ToolchainWords& words) {
  const PortAndHost given = port_and_host(words);
  require_exec(fs::temp_directory_path(), "build in");
  const ToolchainStep step{HostedPort(given.release.at(given.port)), words.reference, {}, 0};
  make_out(
      words.common, words.output,
      [&](const fs::path& place, const Workshop& workshop) {
        return step.make({host_to_use(given, workshop)}, place, workshop);
      },
      given.from);
  return ExitCode::done;
}

ExitCode make_sdk(const SdkWords& words) {
  const PortAndHost given = port_and_host(words);
  const SdkStep step{given.release.at(given.port), sdk_profile(words, given), 0};
  make_out(
      words.common, words.output,
      [&](const fs::path& place, const Workshop& workshop) {
        if (!given.packed) return step.make({given.host}, place, workshop);
        const fs::path host = place / "host";  // from where it can be moved
        unpack_host(given.release, given.host, host, workshop);
        workshop.progress.phase("Laying out the SDK for " + given.port.text());
        make_sdk_of_own_host({.at = step.at, .profile = step.profile.of_sdk(), .host = host}, place);
        return Making();
      },
      given.from);
  return ExitCode::done;
}

struct ArchivesWords : StepWords {
  std::optional<std::string> toolchain;
  bool reference = false;

  void declare(Options& options) {
    StepWords::declare(options);
    options.add("toolchain", "the toolchain hosted on PORT (default: it is built on the way)", "T",
                toolchain);
    options.add("reference", "build the toolchain by GOOS/GOARCH make.bash", reference);
  }
};

ExitCode make_archives(const ArchivesWords& words) {
  const PortAndHost given = port_and_host(words);
  const std::vector<Provenance> from =
      given.from.empty() && words.toolchain ? origin_of(words, *words.toolchain) : given.from;
  require_exec(fs::temp_directory_path(), "build in");
  const HostedPort at(given.release.at(given.port));
  const ToolchainStep toolchain{at, words.reference, {}, 0};
  const ArchivesStep step{at, words.reference, {}, 0, 1};
  make_out(
      words.common, words.output,
      [&](const fs::path& place, const Workshop& workshop) {
        Workshop packing = workshop;
        packing.work = workshop.work / "pack";
        make_directories(packing.work);
        const fs::path host = host_to_use(given, workshop);
        if (words.toolchain) return step.make({host, *words.toolchain}, place, packing);
        const fs::path built = workshop.work / "toolchain";
        make_directories(built);
        Making making = toolchain.make({host}, built, workshop);
        Making packed = step.make({host, built}, place, packing);
        packed.on_the_way.push_back(std::move(making));
        return packed;
      },
      from);
  return ExitCode::done;
}

}  // namespace

const Verb source_verb{
    .name = "source",
    .arguments = "V --out D [OPTIONS]",
    .summary = "the canonical source of a release",
    .help =
        "Fetches the canonical source of a release from its origins, or --from another one, and checks it\n"
        "against its pins. An origin is a git repository, an archive or a directory; the first two may be\n"
        "URLs: one over https:// or http:// that ends as archives do (.tar.gz, .zip, …) is downloaded.\n",
    .group = VerbGroup::single_step,
    .examples = {{{"gostrap source 1.24.4 --out source --from go1.24.4.src.tar.gz",
                   "the source of that release out of an archive, checked"}}},
    .bind = bind<SourceWords, make_source>,
};

const Verb host_verb{
    .name = "host",
    .arguments = "--source S --bootstrap B --out D [OPTIONS]",
    .summary = "a toolchain that runs here, by make.bash",
    .help = "Builds the toolchain that runs here: make.bash on a checked source, from an older Go.\n",
    .group = VerbGroup::single_step,
    .bind = bind<HostWords, make_host>,
};

const Verb toolchain_verb{
    .name = "toolchain",
    .arguments = "PORT --host H --out D [OPTIONS]",
    .summary = "a toolchain hosted on a port",
    .help = "Builds the toolchain hosted on PORT with a host toolchain of the same release.\n",
    .group = VerbGroup::single_step,
    .bind = bind<ToolchainWords, make_toolchain>,
};

const Verb sdk_verb{
    .name = "sdk",
    .arguments = "PORT --host H --out D [OPTIONS]",
    .summary = "an SDK that runs here and targets a port",
    .help =
        "Makes the SDK that runs here and targets PORT out of a host toolchain, whose own profile it\n"
        "has too. --host takes upstream's own archive as well, by its published name: it is held against\n"
        "the published checksum while it is unpacked.\n",
    .group = VerbGroup::single_step,
    .bind = bind<SdkWords, make_sdk>,
};

const Verb archives_verb{
    .name = "archives",
    .arguments = "PORT --host H --out D [OPTIONS]",
    .summary = "upstream's archives of a hosted toolchain",
    .help = "Packs the toolchain hosted on PORT as upstream does: the archive, and the module's files.\n",
    .group = VerbGroup::single_step,
    .bind = bind<ArchivesWords, make_archives>,
};

}  // namespace gostrap
