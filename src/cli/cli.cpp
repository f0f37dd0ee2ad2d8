#include "cli/cli.hpp"

#include "cli/general_help.hpp"
#include "cli/named_verb.hpp"
#include "cli/safe_streams.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"

#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <iostream>
#include <new>
#include <stdexcept>

namespace gostrap {
namespace {

ExitCode dispatch(const std::vector<std::string>& words) {
  if (words.empty()) {
    print_general_help(std::cerr);
    return ExitCode::failed;
  }
  if (words[0] == "--help" || words[0] == "-h") return run_verb(help_verb, {words.begin() + 1, words.end()});
  if (words[0] == "--version" || words[0] == "-V")
    return run_verb(version_verb, {words.begin() + 1, words.end()});
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
      &build_verb,  &plan_verb,     &list_verb,       &env_verb,     &shell_verb,    &exec_verb,
      &use_verb,    &compile_verb,  &relink_verb,     &inspect_verb, &verify_verb,   &audit_verb,
      &attest_verb, &goproxy_verb,  &link_verb,       &image_verb,   &bazel_verb,    &serve_verb,
      &prune_verb,  &outdated_verb, &bundle_verb,     &key_verb,     &doctor_verb,   &release_verb,
      &source_verb, &host_verb,     &toolchain_verb,  &sdk_verb,     &archives_verb, &std_verb,
      &help_verb,   &version_verb,  &completion_verb, &man_verb,     &complete_verb};
  return all;
}

namespace {

bool reader_has_gone() {
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  return ::poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

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
      if (reader_has_gone()) end_unheard();
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
