#include "cli/cli.hpp"

#include "cli/safe_streams.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "release/port.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <new>
#include <optional>
#include <stdexcept>

namespace gostrap {
namespace {

struct Verb {
  const char* name;
  const char* arguments;
  const char* summary;
  ExitCode (*run)(const Words&);
};

constexpr std::array porcelain{
    Verb{"build", "PORT…", "build SDKs (or hosted toolchains, or archives) into the store", build_verb},
    Verb{"plan", "PORT…", "show what build would do, step by step, and why", plan_verb},
    Verb{"list", "", "show what the store holds", list_verb},
    Verb{"env", "PORT", "print the shell lines that put an SDK to use", env_verb},
    Verb{"shell", "PORT", "start a shell with an SDK in use", shell_verb},
    Verb{"exec", "PORT -- CMD…", "run one command with an SDK in use", exec_verb},
    Verb{"compile", "[PKG] --sdk PORT", "make a program by the SDK's compiler and linker themselves",
         compile_verb},
    Verb{"relink", "COMMAND --for PORT", "make one of Go's own commands for another port", relink_verb},
    Verb{"inspect", "FILE", "say how a program is linked and what it was built with", inspect_verb},
    Verb{"verify", "PATH…", "check outputs against their manifests, and against upstream", verify_verb},
    Verb{"goproxy", "PATH… --out D", "lay out toolchain modules as a GOPROXY of files", goproxy_verb},
    Verb{"image", "sdk|app", "make OCI images of SDKs and of programs", image_verb},
    Verb{"bazel", "PORT…", "print what makes rules_go use SDKs; check that they fit", bazel_verb},
    Verb{"serve", "DIR…", "serve modules and toolchains to go commands, on loopback", serve_verb},
    Verb{"prune", "", "remove from the store what no root leads to and nobody uses", prune_verb},
    Verb{"outdated", "", "say which releases in the store have newer patches", outdated_verb},
    Verb{"bundle", "create|inspect|diff|install", "one file for the air gap: everything in it, checked",
         bundle_verb},
    Verb{"key", "FILE", "make a pair of keys to sign bundles with", key_verb},
    Verb{"doctor", "", "say what is missing or dangerous on this machine", doctor_verb},
    Verb{"release", "list|show|add", "show and add releases, with everything pinned about them",
         release_verb},
};
constexpr std::array plumbing{
    Verb{"source", "V --out D", "the canonical source of a release", source_verb},
    Verb{"host", "--source S --bootstrap B --out D", "a toolchain that runs here, by make.bash", host_verb},
    Verb{"toolchain", "PORT --host H --out D", "a toolchain hosted on a port", toolchain_verb},
    Verb{"sdk", "PORT --host H --out D", "an SDK that runs here and targets a port", sdk_verb},
    Verb{"archives", "PORT --host H --out D", "upstream's archives of a hosted toolchain", archives_verb},
};

void print_verbs(std::ostream& out, const char* heading, const auto& verbs) {
  out << heading << "\n";
  for (const Verb& verb : verbs) {
    std::string left = std::string("  ") + verb.name + " " + verb.arguments;
    // "…" is three bytes and one column
    const std::size_t width = 44 + (left.find("…") == std::string::npos ? 0 : 2);
    left.resize(std::max(left.size() + 1, width), ' ');
    out << left << verb.summary << "\n";
  }
}

void print_help(std::ostream& out) {
  out << "gostrap builds Go toolchains from pinned source and hands them out as SDKs:\n"
         "the same bits that go.dev publishes, built by you.\n\n"
         "Usage: gostrap VERB [ARGUMENTS] [--help]\n\n";
  print_verbs(out, "Everyday verbs:", porcelain);
  out << "\n";
  print_verbs(out, "Single steps (each fills the directory --out):", plumbing);
  out << "\nA PORT is GOOS/GOARCH (linux/riscv64, windows/amd64), an architecture of linux (arm64,\n"
         "riscv64), wasm (js/wasm) or wasi (wasip1/wasm).\n\n"
         "All verbs take --json (one document on standard output), --offline (never touch the network)\n"
         "and --help.\n\n"
         "Exit codes: 0 done, 1 a check found a difference, 2 could not do it, 130 interrupted.\n\n"
         "Begin with: gostrap build linux/riscv64\n";
}

const Verb* find_verb(const std::string& name) {
  for (const Verb& verb : porcelain) {
    if (name == verb.name) return &verb;
  }
  for (const Verb& verb : plumbing) {
    if (name == verb.name) return &verb;
  }
  return nullptr;
}

[[noreturn]] void refuse_verb(const std::string& name) {
  std::vector<std::string> names;
  for (const Verb& verb : porcelain) names.emplace_back(verb.name);
  for (const Verb& verb : plumbing) names.emplace_back(verb.name);
  const std::optional<std::string> near = nearest(name, names);
  throw UsageError("there is no verb \"" + name + "\"" + (near ? ", did you mean " + *near + "?" : ""),
                   "`gostrap --help` lists them.");
}

ExitCode dispatch(const Words& words) {
  if (words.empty()) {
    print_help(std::cerr);
    return ExitCode::failed;
  }
  if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    print_help(std::cout);
    return ExitCode::done;
  }
  if (words[0] == "--version") {
    std::cout << "gostrap " GOSTRAP_VERSION "\n";
    return ExitCode::done;
  }
  const Verb* verb = find_verb(words[0]);
  if (verb == nullptr) refuse_verb(words[0]);
  return verb->run({words.begin() + 1, words.end()});
}

void print_out_of_memory() {
  rlimit limit = {};
  const bool limited = ::getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
  std::cerr << "gostrap: cannot go on: there is no more memory"
            << (limited ? ", of which this process may have " + std::to_string(limit.rlim_cur) + " bytes"
                        : "")
            << "\n  "
            << (limited ? "Raise that limit (ulimit -v), or accept less"
                        : "End other programs, or accept less")
            << ": --max-bytes NUMBER, where the verb has it.\n";
}

}  // namespace

int run_cli(const std::vector<std::string>& arguments) {
  ExitCode code = ExitCode::failed;
  occupy_standard_streams();
  const SafeStreams streams;
  try {
    code = dispatch(arguments);
    if (!std::cout.flush()) throw system_error("write to standard output");
  } catch (const Interrupted&) {
    code = ExitCode::interrupted;
    std::cerr << "gostrap: " << Interrupted::text << "\n  " << Interrupted::next << "\n";
  } catch (const Error& error) {
    code = error.code();
    std::cerr << "gostrap: " << further_lines_in(error.what(), 2) << "\n";
    if (!error.next().empty()) std::cerr << "  " << further_lines_in(error.next(), 2) << "\n";
  } catch (const std::filesystem::filesystem_error& error) {
    std::cerr << "gostrap: cannot use " << on_one_line(error.path1().string()) << ": "
              << error.code().message() << "\n";
    const std::string next = advice(error.code().value());
    if (!next.empty()) std::cerr << "  " << next << "\n";
  } catch (const std::bad_alloc&) {
    print_out_of_memory();
  } catch (const std::length_error&) {  // more than any memory could hold
    print_out_of_memory();
  } catch (const std::exception& error) {
    std::cerr << "gostrap: something unforeseen went wrong: " << error.what() << "\n";
  }
  return static_cast<int>(code);
}

}  // namespace gostrap
