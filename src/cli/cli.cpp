#include "cli/cli.hpp"

#include "cli/safe_streams.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "release/port.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <new>
#include <optional>
#include <stdexcept>

namespace gostrap {
namespace {

void print_verbs(std::ostream& out, const char* heading, VerbGroup group) {
  out << heading << "\n";
  for (const Verb* const verb : verbs()) {
    if (verb->group != group) continue;
    std::string left = std::string("  ") + verb->name + " " + verb->brief_arguments();
    // "…" is three bytes and one column
    const std::size_t width = 44 + (left.find("…") == std::string::npos ? 0 : 2);
    left.resize(std::max(left.size() + 1, width), ' ');
    out << left << verb->summary << "\n";
  }
}

void print_help(std::ostream& out) {
  out << "gostrap builds Go toolchains from pinned source and hands them out as SDKs:\n"
         "the same bits that go.dev publishes, built by you.\n\n"
         "Usage: gostrap VERB [ARGUMENTS] [--help]\n\n";
  print_verbs(out, "Everyday verbs:", VerbGroup::everyday);
  out << "\n";
  print_verbs(out, "Single steps (each fills the directory --out):", VerbGroup::single_step);
  out << "\nA PORT is GOOS/GOARCH (linux/riscv64, windows/amd64), an architecture of linux (arm64,\n"
         "riscv64), wasm (js/wasm) or wasi (wasip1/wasm).\n\n"
         "All verbs take --json (one document on standard output), --offline (never touch the network)\n"
         "and --help.\n\n"
         "Exit codes: 0 done, 1 a check found a difference, 2 could not do it, 130 interrupted.\n\n"
         "Begin with: gostrap build linux/riscv64\n";
}

[[noreturn]] void refuse_verb(const std::string& name) {
  std::vector<std::string> names;
  for (const Verb* const verb : verbs()) names.emplace_back(verb->name);
  const std::optional<std::string> near = nearest(name, names);
  throw UsageError("there is no verb \"" + name + "\"" + (near ? ", did you mean " + *near + "?" : ""),
                   "`gostrap --help` lists them.");
}

ExitCode dispatch(const std::vector<std::string>& words) {
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
  for (const Verb* const verb : verbs()) {
    if (words[0] == verb->name) return run_verb(*verb, {words.begin() + 1, words.end()});
  }
  refuse_verb(words[0]);
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

const std::vector<const Verb*>& verbs() {
  static const std::vector<const Verb*> all{
      &build_verb,     &plan_verb,    &list_verb,     &env_verb,     &shell_verb,  &exec_verb,
      &use_verb,       &compile_verb, &relink_verb,   &inspect_verb, &verify_verb, &goproxy_verb,
      &link_verb,      &image_verb,   &bazel_verb,    &serve_verb,   &prune_verb,  &outdated_verb,
      &bundle_verb,    &key_verb,     &doctor_verb,   &release_verb, &source_verb, &host_verb,
      &toolchain_verb, &sdk_verb,     &archives_verb, &std_verb};
  return all;
}

namespace {

/// Who read our output has read enough (`gostrap list | head`): as other programs do, without a word.
void end_unheard() {
  ::signal(SIGPIPE, SIG_DFL);
  ::raise(SIGPIPE);
}

}  // namespace

int run_cli(const std::vector<std::string>& arguments) {
  ExitCode code = ExitCode::failed;
  occupy_standard_streams();
  const SafeStreams streams;
  try {
    code = dispatch(arguments);
    if (!std::cout.flush()) {
      if (errno == EPIPE) end_unheard();
      throw system_error("write to standard output");
    }
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
