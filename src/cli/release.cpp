// gostrap release list, show and add: what is pinned about Go versions.
#include "release/release.hpp"

#include "cli/command_line.hpp"
#include "cli/release_port.hpp"
#include "cli/verbs.hpp"
#include "release/index.hpp"
#include "source/archive.hpp"
#include "source/directory.hpp"
#include "source/git.hpp"
#include "source/source.hpp"
#include "source/survey.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/lock.hpp"
#include "support/nar.hpp"
#include "support/output_file.hpp"
#include "support/text.hpp"
#include "support/url.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {
namespace {

ExitCode list_releases(const Words& words) {
  CommandLine line("release list [OPTIONS]", "Lists the releases that can be built.\n");
  if (!line.parse(words)) return ExitCode::done;
  const Releases releases = line.releases();
  Json json = Json::array();
  for (const Release& release : releases.all()) {
    const bool is_default = release.version == releases.default_release().version;
    if (line.json()) {
      json.push_back(release.version.text());
    } else {
      std::cout << release.version.text() << "  commit " << release.commit.substr(0, 12) << "  needs Go "
                << release.bootstrap.text() << "  " << release.ports.size() << " ports, "
                << release.archives.size() << " published archives" << (is_default ? "  (default)" : "")
                << "\n";
    }
  }
  if (line.json()) print_json(json);
  return ExitCode::done;
}

ExitCode show_release(const Words& words) {
  CommandLine line(
      "release show V [PORT] [OPTIONS]",
      "Shows everything pinned about a release; with a port, what a profile can set for its programs\n"
      "and what cannot work there.\n");
  if (!line.parse(words)) return ExitCode::done;
  const Releases releases = line.releases();
  if (line.arguments().size() == 2) {
    show_port(releases.get(line.arguments()[0]).at(parse_port(line.arguments()[1])), line.json());
    return ExitCode::done;
  }
  const Release& release = releases.get(line.one_argument("release, such as 1.24.4"));
  if (line.json()) {
    print_json(to_json(release));
    return ExitCode::done;
  }
  std::cout << release.name() << "\n  tag             " << release.tag << "\n  commit          "
            << release.commit << "\n  source          " << release.source << " (NAR hash)\n  source archive  "
            << release.source_archive << " (SHA-256 of " << release.name()
            << ".src.tar.gz)\n  bootstrap       Go " << release.bootstrap.text() << " or newer\n";
  for (const std::string& origin : release.origins)
    std::cout << "  origin          " << on_one_line(without_secrets(origin)) << "\n";
  std::cout << "  ports          ";
  for (const Port& port : release.ports) std::cout << " " << port.text();
  std::cout << "\n";
  for (const auto& [file, digest] : release.archives)
    std::cout << "  archive         " << digest << "  " << on_one_line(file) << "\n";
  return ExitCode::done;
}

/// Puts the source named by `from` into `tree`; a source archive must be the published one.
void obtain(const Release& release, const std::string& from, const CommandLine& line, const fs::path& scratch,
            const fs::path& tree, Progress& progress) {
  const Limits limits = line.limits();
  switch (kind_of_origin(from)) {
    case OriginKind::network:
      return fetch_source(release, from, scratch, tree, limits, line.patience(), progress);
    case OriginKind::repository:
      return read_source(release, from, tree, limits, progress);
    case OriginKind::directory:
      return copy_source(from, tree, limits, progress);
    case OriginKind::archive: {
      const std::string digest = hex(sha256_file(from));
      if (digest != release.source_archive) {
        progress.note(from + " has SHA-256 " + digest + ", so it is not the published source archive (" +
                      release.source_archive + "): its content is taken all the same.");
      }
      return unpack_source(from, tree, limits, progress);
    }
    case OriginKind::missing:
      break;
  }
  throw UsageError("--from " + from + " is not there");
}

/// The user's own file with one more entry; other entries keep their text.
void write_entry(const fs::path& file, const Release& release, const std::string& index) {
  make_directories(fs::absolute(file).parent_path());
  const FileLock lock = FileLock::of_directory(fs::absolute(file).parent_path(), {});
  Json json = fs::exists(file) ? read_json(file) : Json::object();
  if (!json.contains("releases")) json["releases"] = Json::object();
  json["releases"][release.version.text()] = to_json(release);
  try {
    Releases::parse(json.dump(), file.string());
  } catch (const Error& error) {
    // the file's own entries were read before: what is wrong came with the new one
    throw Error("add " + release.name(), index + " gives what no entry can have: " + error.what(),
                "Nothing was written to " + file.string() + ".");
  }
  write_output(file, to_text(json));
}

ExitCode add_release(const Words& words) {
  CommandLine line("release add V --index FILE --from ORIGIN --commit C [OPTIONS]",
                   "Writes an entry for a release into your own releases file: archives and checksums from "
                   "go.dev's download\n"
                   "index (JSON, saved to FILE), everything else from its source, which is checked first. "
                   "The commit is the one\n"
                   "its tag stands on: git ls-remote https://go.googlesource.com/go 'refs/tags/goV^{}' (or "
                   "the tag itself).\n");
  line.add()("index", "go.dev's download index, as JSON", cxxopts::value<std::string>(), "FILE");
  line.add()("from", "the release's source: git URL, archive or directory", cxxopts::value<std::string>(),
             "ORIGIN");
  line.add()("commit", "the commit its tag stands on", cxxopts::value<std::string>(), "C");
  line.add_limits();
  line.add_patience();
  if (!line.parse(words)) return ExitCode::done;
  const std::string argument = line.one_argument("release, such as 1.24.4");
  for (const char* option : {"index", "from", "commit"}) {
    if (!line.has(option))
      throw UsageError(std::string("--") + option + " is missing", "`gostrap release add --help`");
  }
  const std::optional<Version> version = parse_version(argument);
  if (!version) throw UsageError("\"" + argument + "\" is not a Go version, such as 1.24.4");

  const std::string commit = line.text("commit");
  if (commit.size() != 40 || commit.find_first_not_of("0123456789abcdef") != std::string::npos)
    throw UsageError("--commit takes a commit in 40 lower-case hexadecimal digits, not \"" + commit + "\"");

  const JsonDocument index(read_file(line.text("index")), line.text("index"));
  const Published published = published_files(index.view(), *version);
  Release release;
  release.version = *version;
  release.tag = release.name();
  release.commit = commit;
  release.source_archive = published.source_archive;
  release.archives = published.archives;
  release.origins = {"https://go.googlesource.com/go", "https://github.com/golang/go"};

  const std::string from = local_path(line.text("from")).string();
  const TemporaryDirectory scratch;
  const fs::path tree = scratch.path() / "tree";
  make_directories(tree);
  make_directories(scratch.path() / "git");
  {
    const auto watcher = line.progress();
    const auto progress = watcher->begin({});
    obtain(release, from, line, scratch.path() / "git", tree, *progress);
  }
  if (!fs::is_regular_file(tree / "VERSION")) {
    throw Error("add go" + version->text(), from + " is no source of a Go release: it has no file VERSION",
                "Name what has the release itself: go" + version->text() +
                    ".src.tar.gz, its tree, or a git repository with the tag " + release.tag + ".");
  }
  const Survey survey = survey_source(tree);
  if (survey.version != *version) {
    throw Error("add go" + version->text(),
                line.text("from") + " is the source of go" + survey.version.text());
  }
  release.source = sri(nar_hash(tree).digest);
  release.bootstrap = survey.bootstrap;
  release.ports = survey.ports;
  write_entry(line.releases_file(), release, line.text("index"));
  if (line.json()) {
    print_json(to_json(release));
  } else {
    std::cout << "go" << version->text() << " is now in " << line.releases_file().string() << "\n";
  }
  return ExitCode::done;
}

}  // namespace

ExitCode release_verb(const Words& words) {
  const std::string usage = "Usage: gostrap release list | show V | add V …";
  if (words.empty()) throw UsageError("release needs one of list, show, add", usage);
  const Words rest(words.begin() + 1, words.end());
  if (words[0] == "list") return list_releases(rest);
  if (words[0] == "show") return show_release(rest);
  if (words[0] == "add") return add_release(rest);
  if (words[0] == "--help" || words[0] == "-h") {
    std::cout << usage << "\nEach has a --help of its own.\n";
    return ExitCode::done;
  }
  throw UsageError("there is no `release " + words[0] + "`", usage);
}

}  // namespace gostrap
