// cmd/go computes the tool tags (arm64.v8.0) from the environment's GOARCH, whatever go.env says, and looks
// for exec wrappers on PATH: a go command that is only a link to share/go/bin/go has the build constraints of
// the machine's own port, and finds no wrapper when it is started by its path. The script forks nothing where
// it is started as it usually is, and takes a millisecond. Names of its own begin with gostrap_: what the
// caller has exported must reach the go command.
#include "sdk/launcher.hpp"

#include "sdk/embedded.hpp"
#include "support/filled.hpp"
#include "support/shell_words.hpp"

namespace gostrap {

std::string defaults_note(const Port& port, const std::map<std::string, std::string>& settings) {
  std::string note = "GOOS=" + port.goos + " GOARCH=" + port.goarch;
  for (const auto& [name, value] : settings) note += " " + name + "=" + value;
  return note;
}

std::string launcher(const Port& port, const std::map<std::string, std::string>& settings,
                     const std::string& c_lines) {
  constexpr const char* c_of_others =
      "  case \" $GOSTRAP_DEFAULTS \" in *\" CGO_ENABLED=${CGO_ENABLED-} \"*) unset CGO_ENABLED ;; esac\n";
  std::string lines;
  std::string exported;
  for (const auto& [name, value] : settings) {
    lines += "if [ -z \"${" + name + "-}\" ]; then " + name + "=" + shell_quoted(value) + "; fi\n";
    exported += name + " ";
  }
  return filled(embedded::launcher_sh, {{"port", port.text()},
                                        {"goos", shell_quoted(port.goos)},
                                        {"goarch", shell_quoted(port.goarch)},
                                        {"settings", lines},
                                        {"c_of_others", c_lines.empty() ? "" : c_of_others},
                                        {"c", c_lines},
                                        {"defaults", shell_quoted(defaults_note(port, settings))},
                                        {"exported", exported + defaults_variable}});
}

}  // namespace gostrap
