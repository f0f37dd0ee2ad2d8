#include "cli/mistaken_words.hpp"

#include "project/go_lines.hpp"
#include "release/port.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace gostrap {
namespace {

struct Meant {
  const char* word;  ///< without dashes and value
  const char* next;
};

/// Flags of go build and go test that no verb has by that name.
constexpr std::array of_the_go_command{
    Meant{"S", "--asm FUNC prints the listing of one function; --gcflags -S all that the compiler makes."},
    Meant{"N", "--no-optimize does that, as --gcflags -N does."},
    Meant{"l", "--no-inline does that, as --gcflags -l does."},
    Meant{"m", "--gcflags -m has the compiler tell what it inlines and what escapes."},
    Meant{"s", "--strip does that, as --ldflags '-s -w' does."},
    Meant{"w", "--strip does that, as --ldflags '-s -w' does."},
    Meant{"a", "--fresh takes nothing from the cache."},
    Meant{"p", "--jobs N says how many processors to use."},
    Meant{"trimpath", "It is always so here: leave it out."},
    Meant{"buildvcs", "There are no stamps of version control here, as with -buildvcs=false: leave it out."},
    Meant{"v", "--json tells every step."},
    Meant{"x", "--contract DIR writes every command that was run."},
    Meant{"n", "--contract DIR writes every command that was run."},
    Meant{"work", "--contract DIR writes every command that was run."},
    Meant{"static", "Without cgo a program is static as it is, but for --buildmode pie: leave it out."},
    Meant{"extldflags", "C is not covered: no external linker runs."},
    Meant{"linkshared", "C is not covered: there is no shared mode."},
    Meant{"cover", "The SDK's own go command does it: gostrap exec PORT -- go build -cover."},
    Meant{"toolexec", "The SDK's own go command does it: gostrap exec PORT -- go build -toolexec=…"},
    Meant{"overlay", "The SDK's own go command does it: gostrap exec PORT -- go build -overlay=…"},
    Meant{"target", "--sdk PORT says what it is for."},
    Meant{"goos", "--sdk GOOS/GOARCH says what it is for."},
    Meant{"goarch", "--sdk GOOS/GOARCH says what it is for."},
};

/// Flags of one tool that are often given to another.
constexpr std::array of_the_linker{"s",        "X", "extld",     "extldflags",
                                   "linkmode", "H", "buildmode", "checklinkname"};
constexpr std::array of_the_compiler{"N", "l", "m", "S", "live", "wb", "lang"};

std::string bare(const std::string& word) {
  const std::size_t start = std::min(word.find_first_not_of('-'), word.size());
  return word.substr(start, word.find('=') == std::string::npos ? std::string::npos : word.find('=') - start);
}

bool among(const std::string& word, const auto& names) {
  return std::find(names.begin(), names.end(), word) != names.end();
}

std::string help_of(const std::string& verb) {
  return "`gostrap " + verb + " --help` shows the options.";
}

UsageError unknown(const std::string& word, const std::vector<KnownOption>& options,
                   const std::string& verb) {
  const std::string name = bare(word);
  const std::string shown = word.substr(0, word.find('='));
  if (verb == "compile" || verb == "relink") {
    for (const Meant& each : of_the_go_command) {
      if (name == each.word) return UsageError(verb + " has no option " + shown, each.next);
    }
  }
  std::vector<std::string> names;
  for (const KnownOption& option : options)
    names.insert(names.end(), option.names.begin(), option.names.end());
  const std::optional<std::string> near = name.size() > 2 ? nearest(name, names) : std::nullopt;
  return UsageError(verb + " has no option " + shown + (near ? ", did you mean --" + *near + "?" : ""),
                    help_of(verb));
}

}  // namespace

std::optional<UsageError> mistaken_option(const std::vector<std::string>& words,
                                          const std::vector<KnownOption>& options, const std::string& verb) {
  const auto named = [&](const std::string& name) {
    return std::find_if(options.begin(), options.end(),
                        [&](const KnownOption& option) { return among(name, option.names); });
  };
  const auto lettered = [&](char letter) {
    return std::find_if(options.begin(), options.end(),
                        [&](const KnownOption& option) { return option.letter == std::string(1, letter); });
  };
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    const std::string& word = words[i];
    if (word.size() < 2 || word.front() != '-') continue;
    const bool has_value = word.find('=') != std::string::npos;
    if (word.starts_with("--")) {
      const auto option = named(bare(word));
      if (option == options.end()) return unknown(word, options, verb);
      if (option->takes_value() && !has_value) ++i;
      continue;
    }
    const std::string name = bare(word);
    if (name.size() > 1 && named(name) != options.end()) {
      return UsageError("options of gostrap have two dashes: here it is --" + word.substr(1), help_of(verb));
    }
    const auto option = lettered(word[1]);
    if (option == options.end()) return unknown(word, options, verb);
    if (option->takes_value() && word.size() == 2) ++i;
  }
  return std::nullopt;
}

std::optional<UsageError> mistaken_flag(const std::string& option, const std::string& text) {
  const bool links = option == "ldflags";
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    std::string word = text.substr(start, end - start);
    const std::size_t pattern = word.find("=-");
    if (start == 0 && pattern != std::string::npos && word.front() != '-') word = word.substr(pattern + 1);
    start = end + 1;
    if (word.size() < 2 || word.front() != '-') continue;
    const std::string name = bare(word);
    if (!links && option == "gcflags" && among(name, of_the_linker)) {
      return UsageError("-" + name + " is a flag of the linker's, not of the compiler's",
                        name == "s" ? "--strip does it, or --ldflags '-s -w'."
                                    : "Give it to the linker: --ldflags '" + word + "'.");
    }
    if (links && among(name, of_the_compiler)) {
      return UsageError("-" + name + " is a flag of the compiler's, not of the linker's",
                        "Give it to the compiler: --gcflags '" + word + "'.");
    }
  }
  return std::nullopt;
}

std::string linker_advice(const std::string& log) {
  if (log.find(": invalid reference to ") != std::string::npos) {
    return "A //go:linkname may reach only what the other package offers (Go 1.23 and newer); "
           "--ldflags=-checklinkname=0 has the linker allow it all the same.";
  }
  if (log.find("relocation target ") != std::string::npos && log.find(" not defined") != std::string::npos) {
    return "This release has no such function: look for its name in the SDK's share/go/src. Of one that is "
           "there "
           "and may not be reached, --ldflags=-checklinkname=0 has the linker allow it.";
  }
  return {};
}

std::string newer_go_advice(const std::string& words, const Releases& releases, const std::string& port) {
  const std::string_view sign = "requires go >= ";
  const std::size_t at = words.find(sign);
  if (at == std::string::npos) return {};
  const std::size_t start = at + sign.size();
  const std::size_t end = std::min(words.find_first_of(" );\n", start), words.size());
  const std::string wanted = words.substr(start, end - start);
  if (!parse_version(wanted)) return {};
  const std::optional<Version> best =
      release_for(read_go_lines("go " + wanted + "\n", "go.mod"), releases.versions());
  if (!best) {
    return "No release that is pinned here is that new: `gostrap release add " + wanted + "` pins it.";
  }
  const std::string version = best->text();
  return "Go " + version + " is pinned here: gostrap build " + port + " --release " + version +
         ", then the same command with --release " + version + ".";
}

}  // namespace gostrap
