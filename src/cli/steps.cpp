// gostrap source, host, toolchain, sdk and archives: one step each, into the directory --out. Nix derivations
// call them.
#include "cli/plumbing.hpp"
#include "cli/profile_options.hpp"
#include "cli/strangers.hpp"
#include "cli/verbs.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/run_failure.hpp"

namespace gostrap {
namespace {

void add_build_options(CommandLine& line) {
  line.add_jobs();
  line.add_out();
  line.add()("log", "where the build's output goes (default: D.log)", cxxopts::value<std::string>(), "FILE");
}

void add_host(CommandLine& line) {
  line.add()("host", "a toolchain that runs here", cxxopts::value<std::string>(), "H");
  line.add()("accept-unsigned", "take one that nobody vouches for: what it makes is marked");
}

/// What every step after the host's starts from.
struct PortAndHost {
  Port port;
  fs::path host;
  Release release;
  std::optional<StoreEntry> stranger;  ///< whose host it is, where that was accepted
};

/// Nothing for what was made here or vouched for.
std::optional<StoreEntry> accepted_stranger(const CommandLine& line, const fs::path& output) {
  std::optional<StoreEntry> origin = origin_at(line.store(), output);
  if (!origin || !origin->is_strangers()) return std::nullopt;
  if (!line.has("accept-unsigned")) {
    throw Error("make something with " + output.string(), "it is " + origin->whence(),
                "Have it vouched for: gostrap bundle install FILE --key FILE.pub; or take it as it is: "
                "--accept-unsigned.");
  }
  return origin;
}

PortAndHost port_and_host(const CommandLine& line) {
  const Port port = parse_port(line.one_argument("port"));
  if (!line.has("host")) {
    throw UsageError("--host H is missing: a toolchain that runs here, as `gostrap host` makes it");
  }
  const fs::path host = line.text("host");
  const Manifest manifest = read_manifest_head(host);
  if (manifest.kind != Kind::toolchain || manifest.hosted_on != own_port()) {
    throw UsageError("--host " + host.string() + " is a " + text(manifest.kind) + " hosted on " +
                         manifest.hosted_on.text() + ", not a toolchain that runs here",
                     "`gostrap host` makes one.");
  }
  return {port, host, line.releases().get(manifest.release), accepted_stranger(line, host)};
}

/// The release whose name the tree's VERSION file begins with.
const Release& release_of_source(const fs::path& source, const Releases& releases) {
  const std::string version = read_file(source / "VERSION", 4096);
  return releases.get(version.substr(0, version.find('\n')));
}

Bootstrap named_bootstrap(const CommandLine& line) {
  if (!line.has("bootstrap")) throw UsageError("--bootstrap B is missing: the GOROOT of an older Go");
  fs::path goroot = line.text("bootstrap");
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

AskedProfile host_profile(const CommandLine& line, const Release& release) {
  AskedProfile asked = asked_profile(line, release, {});
  if (const Profile sdk = asked.profile.of_sdk(); !sdk.empty()) {
    throw UsageError(
        "a host toolchain cannot have " + sdk.text() + ": that is bound in an SDK's go.env and runtime",
        sdk.defaults.empty() ? "--bake has make.bash bake settings into the toolchain itself."
                             : "`gostrap sdk PORT --profile …` is the step that takes it.");
  }
  return asked;
}

Profile sdk_profile(const CommandLine& line, const PortAndHost& given) {
  if (line.has("bake") || line.has("patch")) {
    throw UsageError("an SDK is made from a host toolchain that has its patches, and what is baked, already",
                     "`gostrap host --patch … --bake` makes one.");
  }
  Profile profile = asked_profile(line, given.release, {given.port}).profile;
  std::set<std::string> said;
  say_remarks(profile, said);
  return profile;
}

}  // namespace

ExitCode source_verb(const Words& words) {
  CommandLine line(
      "source V --out D [OPTIONS]",
      "Fetches the canonical source of a release from its git origins, or --from another one, and checks\n"
      "it against its pins.\n");
  line.add_out();
  line.add_limits();
  line.add_patience();
  line.add()("from", "another origin: URL, archive or directory (repeatable)",
             cxxopts::value<std::vector<std::string>>(), "ORIGIN");
  if (!line.parse(words)) return ExitCode::done;
  const Releases releases = line.releases();
  const Release& release = releases.get(line.one_argument("release, such as 1.24.4"));
  SourceSettings sources;
  sources.origins[release.version] = line.texts("from");
  if (sources.origins[release.version].empty()) {
    const auto mirror = environment_value("GOSTRAP_MIRROR");
    sources.origins[release.version] = mirror ? std::vector<std::string>{*mirror} : release.origins;
  }
  sources.offline = line.offline();
  sources.limits = line.limits();
  sources.patience = line.patience();
  make_out(line, [&](const fs::path& place, Workshop workshop) {
    workshop.sources = sources;
    return SourceStep{&release}.make({}, place, workshop);
  });
  return ExitCode::done;
}

ExitCode host_verb(const Words& words) {
  CommandLine line("host --source S --bootstrap B --out D [OPTIONS]",
                   "Builds the toolchain that runs here: make.bash on a checked source, from an older Go.\n");
  add_build_options(line);
  line.add()("source", "a canonical source tree, as `gostrap source` makes it", cxxopts::value<std::string>(),
             "S");
  line.add()("bootstrap", "a GOROOT, a toolchain of gostrap, or gccgo's go command",
             cxxopts::value<std::string>(), "B");
  add_profile_options(line);
  if (!line.parse(words)) return ExitCode::done;
  if (!line.has("source")) throw UsageError("--source S is missing: a tree as `gostrap source` makes it");
  const fs::path source = line.text("source");
  const Releases releases = line.releases();
  const Release& release = release_of_source(source, releases);
  const Bootstrap bootstrap = named_bootstrap(line);
  require_exec(fs::temp_directory_path(), "build in");
  require_floor(release, bootstrap);
  AskedProfile asked = host_profile(line, release);
  const HostStep step{&release, std::move(asked.profile), std::move(asked.patches), bootstrap, 0};
  make_out(line, [&](const fs::path& place, const Workshop& workshop) {
    return step.make({source}, place, workshop);
  });
  return ExitCode::done;
}

ExitCode toolchain_verb(const Words& words) {
  CommandLine line("toolchain PORT --host H --out D [OPTIONS]",
                   "Builds the toolchain hosted on PORT with a host toolchain of the same release.\n");
  add_build_options(line);
  add_host(line);
  line.add()("reference", "upstream's slow way: GOOS/GOARCH make.bash");
  if (!line.parse(words)) return ExitCode::done;
  const PortAndHost given = port_and_host(line);
  require_exec(fs::temp_directory_path(), "build in");
  const ToolchainStep step{HostedPort(given.release.at(given.port)), line.has("reference"), {}, 0};
  make_out(
      line,
      [&](const fs::path& place, const Workshop& workshop) {
        return step.make({given.host}, place, workshop);
      },
      given.stranger);
  return ExitCode::done;
}

ExitCode sdk_verb(const Words& words) {
  CommandLine line(
      "sdk PORT --host H --out D [OPTIONS]",
      "Makes the SDK that runs here and targets PORT out of a host toolchain, whose own profile it\n"
      "has too.\n");
  add_build_options(line);
  add_host(line);
  add_profile_options(line);
  if (!line.parse(words)) return ExitCode::done;
  const PortAndHost given = port_and_host(line);
  const SdkStep step{given.release.at(given.port), sdk_profile(line, given), 0};
  make_out(
      line,
      [&](const fs::path& place, const Workshop& workshop) {
        return step.make({given.host}, place, workshop);
      },
      given.stranger);
  return ExitCode::done;
}

ExitCode archives_verb(const Words& words) {
  CommandLine line(
      "archives PORT --host H --out D [OPTIONS]",
      "Packs the toolchain hosted on PORT as upstream does: the archive, and the module's files.\n");
  add_build_options(line);
  add_host(line);
  line.add()("toolchain", "the toolchain hosted on PORT (default: it is built on the way)",
             cxxopts::value<std::string>(), "T");
  line.add()("reference", "build the toolchain by GOOS/GOARCH make.bash");
  if (!line.parse(words)) return ExitCode::done;
  const PortAndHost given = port_and_host(line);
  const auto stranger = given.stranger || !line.has("toolchain")
                            ? given.stranger
                            : accepted_stranger(line, line.text("toolchain"));
  require_exec(fs::temp_directory_path(), "build in");
  const HostedPort at(given.release.at(given.port));
  const ToolchainStep toolchain{at, line.has("reference"), {}, 0};
  const ArchivesStep step{at, line.has("reference"), {}, 0, 1};
  make_out(
      line,
      [&](const fs::path& place, const Workshop& workshop) {
        Workshop packing = workshop;
        packing.work = workshop.work / "pack";
        make_directories(packing.work);
        if (line.has("toolchain")) return step.make({given.host, line.text("toolchain")}, place, packing);
        const fs::path built = workshop.work / "toolchain";
        make_directories(built);
        Making making = toolchain.make({given.host}, built, workshop);
        Making packed = step.make({given.host, built}, place, packing);
        packed.on_the_way.push_back(std::move(making));
        return packed;
      },
      stranger);
  return ExitCode::done;
}

}  // namespace gostrap
