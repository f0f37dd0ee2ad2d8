#include "toolchain/bootstrap.hpp"

#include "release/port.hpp"
#include "source/goroot.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <set>

namespace gostrap {
namespace {

constexpr Version gccgo_counts_as{1, 18, 0};
constexpr auto gccgo_commands = {"go-16", "go-15", "go-14", "go-13", "go-12"};
constexpr const char* gccgo_word = "gccgo";

/// A go command must answer for itself: not for another GOROOT, not after downloading another toolchain.
Environment probe_environment() {
  return {
      {"PATH", environment_value("PATH").value_or("/usr/bin:/bin")},
      {"HOME", "/dev/null"},  // where nobody can write, not even root: go keeps telemetry below HOME
      {"GOENV", "off"},
      {"GOTOOLCHAIN", "local"},
      {"GOTELEMETRY", "off"},
      {"GOCACHE", "off"},
      {"LC_ALL", "C"},
  };
}

/// "go version go1.23.5 linux/amd64" without the first two words.
std::string without_prefix(const std::string& line) {
  const std::string prefix = "go version ";
  return line.starts_with(prefix) ? line.substr(prefix.size()) : line;
}

std::optional<std::string> gccgo_version(const std::string& description) {
  const std::size_t at = description.find("gccgo");
  if (at == std::string::npos) return std::nullopt;
  // "go1.18 gccgo (Debian 12.2.0-14+deb12u1) 12.2.0 linux/amd64": the first bare word that is a version
  for (const std::string_view word : split(std::string_view(description).substr(at), " ")) {
    if (!word.empty() && word.find_first_not_of("0123456789.") == std::string::npos) return std::string(word);
  }
  return "of an unknown version";
}

/// The place that a go command's setting names; empty where it gives no answer.
fs::path place_in(const fs::path& go, const char* setting) {
  const std::optional<std::string> answer = output_of({go.string(), "env", setting}, probe_environment());
  return answer ? first_line(*answer) : std::string();
}

/// Debian's go of a gccgo calls itself "unknown linux/amd64"; what its compiler calls itself says what it is:
/// "gccgo-12 (Debian 12.2.0-14+deb12u1) 12.2.0".
std::optional<std::string> named_by_compiler(const fs::path& go) {
  const fs::path compiler = place_in(go, "GCCGO");
  std::error_code hidden;
  if (!compiler.is_absolute() || !fs::exists(compiler, hidden)) return std::nullopt;
  const std::optional<std::string> answer = output_of({compiler.string(), "--version"}, probe_environment());
  return answer && gccgo_version(first_line(*answer)) ? std::optional(first_line(*answer)) : std::nullopt;
}

std::optional<fs::path> newest_gccgo() {
  for (const char* const command : gccgo_commands) {
    if (auto go = find_program(command)) return go;
  }
  return std::nullopt;
}

/// An SDK's go.env makes another port the default, and make.bash needs programs that run here.
std::optional<std::string> foreign_default(const fs::path& goroot) {
  const Port port = default_port(goroot, own_port());
  return port == own_port() ? std::nullopt : std::optional(port.text());
}

std::vector<fs::path> children(const fs::path& dir, const std::string& prefix) {
  std::vector<fs::path> found;
  std::error_code failed;
  for (fs::directory_iterator each(dir, failed); !failed && each != fs::directory_iterator();
       each.increment(failed)) {
    const std::string name = each->path().filename().string();
    if (name.starts_with(prefix)) found.push_back(each->path());
  }
  std::sort(found.begin(), found.end(), std::greater<>());
  return found;
}

bool is_goroot(const fs::path& place) {
  std::error_code hidden;
  return fs::is_directory(place / "src" / "fmt", hidden) && fs::is_directory(place / "pkg" / "tool", hidden);
}

/// bin/go may be a link, or start another one: make.bash needs the GOROOT that the go command itself has.
/// What is no answer (a path, that is) leaves the place as it is.
fs::path own_goroot(const fs::path& go, std::string& why) {
  const fs::path place = go.parent_path().parent_path();
  if (is_goroot(place)) return place;
  const fs::path told = place_in(go, "GOROOT");
  if (told.empty()) {
    why = "`" + go.string() + " env GOROOT` gave no answer: it has no standard library to compile with";
    return {};
  }
  std::error_code hidden;
  if (!told.is_absolute() || told == place) return place;
  if (fs::exists(told / "bin" / "go", hidden)) return told;
  why = "its GOROOT is " + told.string() + ", and there is no bin/go";
  return {};
}

class Search {
 public:
  void look_at(const fs::path& goroot, const std::string& found) {
    std::error_code hidden;  // what we may not look into is not there for us
    if (fs::exists(goroot / "bin" / "go", hidden)) add(goroot, found);
  }
  /// A go command that may be a link or a wrapper: it is asked for its GOROOT.
  void look_at_command(const fs::path& go, const std::string& found) {
    const fs::path directory = place_in(go, "GOROOT");
    if (directory.empty()) {
      result_.rejected.push_back({go.string(), "`go env GOROOT` gave no answer"});
      return;
    }
    add(fs::exists(directory / "bin" / "go") ? directory : go, found);
  }
  /// What the user has named is said if it is no good.
  void look_at_named(const fs::path& goroot, const std::string& found) {
    const std::size_t before = result_.rejected.size();
    add(goroot, found);
    if (result_.rejected.size() > before)
      result_.passed_over = found + "=" + goroot.string() + " is passed over: " + result_.rejected.back().why;
  }
  void look_for_gccgo() {
    for (const std::string command : gccgo_commands) {
      if (const auto go = find_program(command)) add(*go, "gcc" + command);
    }
  }
  BootstrapSearch result() { return std::move(result_); }

 private:
  void add(const fs::path& place, const std::string& found) {
    std::error_code failed;
    if (!seen_.insert(fs::weakly_canonical(place, failed).string()).second) return;
    std::string why;
    if (std::optional<Bootstrap> bootstrap = probe_bootstrap(place, found, why)) {
      result_.found.push_back(std::move(*bootstrap));
    } else {
      result_.rejected.push_back({place.string(), why});
    }
  }

  BootstrapSearch result_;
  std::set<std::string> seen_;
};

}  // namespace

std::string Bootstrap::name() const {
  if (kind == Kind::gccgo) return "gccgo " + gccgo_version(description).value_or("");
  return "go" + version.text();
}

std::optional<Bootstrap> probe_bootstrap(const fs::path& named, const std::string& found, std::string& why) {
  fs::path goroot = named;
  if (named == gccgo_word) {
    const std::optional<fs::path> go = newest_gccgo();
    if (!go) {
      why = "no go command of a gccgo is on PATH (" + join(gccgo_commands, ", ") + ")";
      return std::nullopt;
    }
    goroot = *go;
  }
  std::error_code hidden;
  Bootstrap bootstrap;
  bootstrap.go =
      fs::absolute(fs::is_directory(goroot, hidden) ? goroot / "bin" / "go" : goroot).lexically_normal();
  bootstrap.found = found;
  if (!fs::exists(bootstrap.go, hidden)) {
    why = "there is no " + bootstrap.go.string();
    return std::nullopt;
  }
  const std::optional<std::string> answer =
      output_of({bootstrap.go.string(), "version"}, probe_environment());
  if (!answer) {
    why = "`" + bootstrap.go.string() + " version` failed";
    return std::nullopt;
  }
  bootstrap.description = without_prefix(first_line(*answer));
  if (bootstrap.description.starts_with("unknown ") && !gccgo_version(bootstrap.description)) {
    if (auto named_so = named_by_compiler(bootstrap.go)) bootstrap.description = std::move(*named_so);
  }
  if (gccgo_version(bootstrap.description)) {
    bootstrap.kind = Bootstrap::Kind::gccgo;
    bootstrap.version = gccgo_counts_as;
    return bootstrap;
  }
  const std::optional<Version> version = find_version(first_line(*answer));
  if (!version) {
    why = "it calls itself \"" + bootstrap.description + "\", which names no Go version";
    return std::nullopt;
  }
  bootstrap.version = *version;
  const fs::path own = own_goroot(bootstrap.go, why);
  if (own.empty()) return std::nullopt;
  bootstrap.go = own / "bin" / "go";
  if (const std::optional<std::string> port = foreign_default(bootstrap.goroot())) {
    why = "it is an SDK that targets " + *port + ", and a bootstrap must make programs for this machine";
    return std::nullopt;
  }
  return bootstrap;
}

BootstrapSearch search_bootstraps() {
  Search search;
  if (const auto goroot = environment_value("GOROOT_BOOTSTRAP")) {
    search.look_at_named(*goroot, "GOROOT_BOOTSTRAP");
  }
  if (const auto go = find_program("go")) search.look_at_command(*go, "PATH");
  for (const fs::path& goroot : children("/usr/lib", "go-")) search.look_at(goroot, goroot.string());
  search.look_at("/usr/local/go", "/usr/local/go");
  if (const auto home = environment_value("HOME")) {
    for (const fs::path& goroot : children(fs::path(*home) / "sdk", "go"))
      search.look_at(goroot, goroot.string());
    for (const fs::path& goroot : children(*home, "go")) search.look_at(goroot, goroot.string());
  }
  search.look_for_gccgo();
  return search.result();
}

fs::path bootstrap_directory(const Bootstrap& bootstrap, const fs::path& work) {
  if (bootstrap.kind == Bootstrap::Kind::go) return bootstrap.goroot();
  const fs::path directory = work / "bootstrap";
  make_directories(directory / "bin");
  fs::create_symlink(bootstrap.go, directory / "bin" / "go");
  return directory;
}

}  // namespace gostrap
