#include "sdk/start_shell.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// Standard input is a terminal while it lives: start-up files are read by none that has another one.
class TerminalInput {
 public:
  TerminalInput() : before_(::dup(STDIN_FILENO)), terminal_(::posix_openpt(O_RDWR | O_NOCTTY)) {
    REQUIRE(terminal_ >= 0);
    ::grantpt(terminal_);
    ::unlockpt(terminal_);
    const int other = ::open(::ptsname(terminal_), O_RDWR | O_NOCTTY);
    ::dup2(other, STDIN_FILENO);
    ::close(other);
  }
  ~TerminalInput() {
    ::dup2(before_, STDIN_FILENO);
    ::close(before_);
    ::close(terminal_);
  }
  TerminalInput(const TerminalInput&) = delete;
  TerminalInput& operator=(const TerminalInput&) = delete;

 private:
  int before_, terminal_;
};

ShellStart start(const char* shell, const Environment& environment = {}, const std::string& prompt = {}) {
  const TerminalInput terminal;
  const auto lines = [](Shell language) {
    return std::string(language == Shell::posix ? "export GOOS=js\n" : "set -gx GOOS js\n");
  };
  return start_shell(shell, {"/it's/sdk", lines, prompt, "(outer) "}, environment);
}

/// The nameless file, which only the shell closes.
std::string read_once(const std::string& path) {
  const int fd = std::stoi(path.substr(std::string("/dev/fd/").size()));
  std::string text(10'000, '\0');
  text.resize(static_cast<std::size_t>(::pread(fd, text.data(), text.size(), 0)));
  ::close(fd);
  // dash does not close it
  return text.starts_with("exec ") ? text.substr(text.find('\n') + 1) : text;
}

const std::string sdk_first = R"sh(export GOOS=js
unalias go 2>/dev/null || :
unset -f go 2>/dev/null || :
hash -r 2>/dev/null || :
[ "$(command -v go)" = '/it'\''s/sdk/bin/go' ] || printf "gostrap: go is %s in this shell, and not the SDK's: %s\n" "$(command -v go)" '/it'\''s/sdk/bin/go' >&2
)sh";

}  // namespace

TEST_CASE("bash reads the user's own file, and then puts the SDK first") {
  const ShellStart bash = start("/bin/bash");
  CHECK(bash.sure);
  REQUIRE(bash.argv.size() == 4);
  CHECK(read_once(bash.argv[2]) == "[ ! -f ~/.bashrc ] || . ~/.bashrc\n" + sdk_first);
}

TEST_CASE("a shell that reads $ENV gets a file that reads the user's, whose name it expands") {
  const auto text_for = [](const Environment& environment) {
    return read_once(start("dash", environment).environment.at(0).second);
  };
  CHECK(text_for({}) == "unset ENV\n" + sdk_first);
  CHECK(text_for({{"ENV", "$HOME/.shrc"}}) == R"sh(ENV='$HOME/.shrc'
export ENV
gostrap_file="$HOME/.shrc"
[ ! -f "$gostrap_file" ] || . "$gostrap_file"
unset gostrap_file
)sh" + sdk_first);
  CHECK(text_for({{"ENV", "`id`"}}) == "ENV='`id`'\nexport ENV\n" + sdk_first);
}

TEST_CASE("zsh gets a directory that leads back to the user's, and removes itself") {
  const ShellStart zsh = start("zsh", {{"ZDOTDIR", "/own"}});
  const std::string place = zsh.environment.at(0).second;
  CHECK(read_file(fs::path(place) / ".zshenv") ==
        "export ZDOTDIR='/own'\n[[ ! -f ${ZDOTDIR:-$HOME}/.zshenv ]] || source ${ZDOTDIR:-$HOME}/.zshenv\n"
        "gostrap_own=${ZDOTDIR-}\nexport ZDOTDIR='" +
            place + "'\n");
  const std::string rc = read_file(fs::path(place) / ".zshrc");
  CHECK(contains(
      rc, "\ncommand rm -rf -- '" + place +
              "'\n[[ ! -f ${ZDOTDIR:-$HOME}/.zshrc ]] || source ${ZDOTDIR:-$HOME}/.zshrc\nexport GOOS=js\n"));
  CHECK(contains(rc, "\nunfunction go 2>/dev/null || :\n"));
  fs::remove_all(place);
}

TEST_CASE("fish has the lines on its command line") {
  const ShellStart fish = start("fish");
  REQUIRE(fish.argv.size() == 3);
  CHECK(fish.argv[2] == R"sh(set -gx GOOS js
functions -e go
test (command -v go) = '/it\'s/sdk/bin/go'; or echo 'gostrap: go is '(command -v go)' in this shell, and not the SDK'\''s' >&2
)sh");
}

TEST_CASE("a prompt that is wanted comes after all else, and takes that of an outer shell away") {
  const std::string bash = read_once(start("bash", {}, "(inner) ").argv.at(2));
  CHECK(bash.find(sdk_first) < bash.find("PS1=${PS1#"));
  CHECK(contains(bash, "\n[ -z \"${PS1+x}\" ] || PS1=${PS1#'(outer) '}\n"));
  const std::string dash = read_once(start("dash", {}, "(inner) ").environment.at(0).second);
  CHECK(dash.ends_with(sdk_first + "PS1=${PS1-'$ '}\nPS1='(inner) '${PS1#'(outer) '}\n"));
  CHECK(contains(start("fish", {}, "(inner) ").argv.at(2), "    echo -ns '(inner) '\n"));
}

TEST_CASE("another shell, and one without a terminal, is started as it is") {
  CHECK_FALSE(start("tcsh").sure);
  CHECK(start("tcsh").argv == std::vector<std::string>{"tcsh"});
}
