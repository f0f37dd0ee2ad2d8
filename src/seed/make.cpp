#include "seed/embedded.hpp"
#include "seed/seed.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/strings.hpp"
#include "toolchain/build.hpp"
#include "toolchain/environment.hpp"

#include <sys/stat.h>

#include <charconv>
#include <optional>
#include <vector>

namespace gostrap {
namespace {

constexpr const char* program_place = "bin/go_cache";
constexpr const char* std_place = "share/std";

/// What the index of a module's or a standard library's directory begins with (cmd/go/internal/modindex,
/// build_read.go). It is known by the directory's place and times.
constexpr std::string_view directory_index = "go index v";

struct Entry {
  Digest action{};
  SeedResult result;
};

/// "v1 ACTION OUTPUT SIZE TIME", as cmd/go/internal/cache writes it.
Entry read_entry(const fs::path& file) {
  const std::string text = read_file(file);
  std::vector<std::string_view> words;
  for (const std::string_view word : split(std::string_view(text), " ")) {
    if (!word.empty()) words.push_back(word);
  }
  const auto action = words.size() == 5 ? digest_in_hex(words[1]) : std::nullopt;
  const auto output = words.size() == 5 ? digest_in_hex(words[2]) : std::nullopt;
  Entry entry;
  if (!action || !output || words[0] != "v1" ||
      std::from_chars(words[3].data(), words[3].data() + words[3].size(), entry.result.size).ec !=
          std::errc())
    throw Error("read " + file.string(), "it is no entry of a build cache that this gostrap knows");
  entry.action = *action;
  entry.result.output = *output;
  return entry;
}

/// Whether the second project has taken it: make.sh gave it a time of long ago.
bool is_used(const fs::path& file) {
  constexpr std::time_t after = 1'000'000'000;
  struct stat status = {};
  if (::stat(file.c_str(), &status) != 0) throw system_error("look at " + file.string());
  return status.st_mtime > after;
}

/// Takes what the second project has taken out of the cache.
class Harvest {
 public:
  Harvest(fs::path cache, fs::path to) : cache_(std::move(cache)), to_(std::move(to)) {}

  /// `before` lists, a path a line, what the first project has left.
  SeedIndex run(std::string_view before) {
    for (const std::string_view file : lines_of(before)) {
      if (is_used(file)) take(read_entry(file));
    }
    return std::move(index_);
  }

 private:
  void take(const Entry& entry) {
    const std::string name = hex(entry.result.output);
    const fs::path from = cache_ / name.substr(0, 2) / (name + "-d");
    const fs::path there = seed_file(to_, entry.result.output);
    if (fs::exists(there)) {
      index_.emplace(entry.action, entry.result);
      return;
    }
    if (!fs::is_regular_file(from)) return;
    const std::string bytes = read_file(from);
    if (bytes.starts_with(directory_index)) return;
    if (sha256(bytes) != entry.result.output || bytes.size() != entry.result.size)
      throw Error("take " + from.string(), "it is not what its name says");
    create_file(there, bytes);  // the cache may lie on another file system
    index_.emplace(entry.action, entry.result);
  }

  fs::path cache_, to_;
  SeedIndex index_;
};

/// The go command of an SDK, which is not asked what port it is for.
struct SeedMaker {
  const ReleasePort& at;
  fs::path sdk;
  const Workshop& workshop;
  EnvironmentSettings settings = environment_settings(workshop, at.release().version);

  Environment environment(const Port& port) const {
    return with(
        base_environment(settings),
        {{"GOOS", port.goos}, {"GOARCH", port.goarch}, {"CGO_ENABLED", "0"}, {"GOFLAGS", "-buildvcs=false"}});
  }

  BuildRun run(const std::string& doing, const Port& port, std::vector<std::string> argv) const {
    BuildCommand command;
    command.doing = doing;
    command.argv = std::move(argv);
    command.environment = environment(port);
    command.directory = workshop.work;
    command.log = workshop.log;
    command.user = workshop.conditions.user;
    return run_build(command, workshop.progress);
  }

  std::string go() const { return (sdk / "bin" / "go").string(); }
};

}  // namespace

fs::path seed_index(const fs::path& output) {
  return output / std_place / "index";
}

fs::path seed_file(const fs::path& output, const Digest& digest) {
  return output / std_place / hex(digest);
}

fs::path seed_program(const fs::path& output) {
  return output / program_place;
}

std::string seed_command(const fs::path& output) {
  const std::string path = seed_program(output).string();
  if (path.find_first_of(" \t\r\n'\"") == std::string::npos) return path;
  if (path.find('\'') != std::string::npos && path.find('"') != std::string::npos) return {};
  const char quote = path.find('\'') == std::string::npos ? '\'' : '"';
  return quote + path + quote;
}

std::string seed_identity() {
  return hex(sha256(std::string(embedded::make_sh) + std::string(embedded::go_cache_go))).substr(0, 32);
}

std::optional<std::string> why_no_seed(const Port& port) {
  const bool external = port.goos == "ios" || (port.goos == "android" && port.goarch != "arm64");
  if (!external) return std::nullopt;
  return "programs of " + port.text() + " are linked by a C compiler";
}

BuildRun make_seed(const ReleasePort& at, const fs::path& sdk, const fs::path& to, const Workshop& workshop) {
  const SeedMaker maker{at, sdk, workshop};
  const fs::path script = workshop.work / "make.sh", source = workshop.work / "go_cache.go";
  create_file(script, embedded::make_sh);
  create_file(source, embedded::go_cache_go);
  const BuildRun made = maker.run("compile std of " + at.release().name() + " for " + at.port().text(),
                                  at.port(), {"bash", script.string(), maker.go(), workshop.work.string()});
  workshop.progress.phase("Collecting the compiled std");
  const std::string before = read_file(workshop.work / "before");
  make_directories(to / std_place);
  create_file(seed_index(to), to_text(Harvest(workshop.work / "cache", to).run(before)));
  make_directories(seed_program(to).parent_path());
  maker.run(
      "compile the build cache's program", own_port(),
      {maker.go(), "build", "-trimpath", "-ldflags=-s -w", "-o", seed_program(to).string(), source.string()});
  return made;
}

}  // namespace gostrap
