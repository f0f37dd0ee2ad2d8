#include "sdk/shell_lines.hpp"

#include "support/shell_words.hpp"
#include "support/strings.hpp"

namespace gostrap {
namespace {

using Names = std::vector<std::string>;

/// sh, bash, zsh, dash, ksh
class PosixLines : public ShellLines {
 public:
  void path_first(const std::string& directory) override {
    add("export PATH=" + shell_quoted(directory) + "\"${PATH:+:$PATH}\"");
  }
  void set(const std::string& name, const std::string& value) override {
    add("export " + name + "=" + as_word(value));
  }
  void unset(const std::string& name) override { add("unset " + name); }
  void unset_if_noted(const Names& names, const std::string& note) override {
    const std::string now = join(names, " ", [](const auto& name) { return name + "=${" + name + "-}"; });
    add("case \" ${" + note + "-} \" in *\" " + now + " \"*) unset " +
        join(names, " ", [](const auto& name) { return name; }) + " ;; esac");
  }
  void set_if_empty(const std::string& name, const std::string& value) override {
    add("[ -n \"${" + name + "-}\" ] || export " + name + "=" + shell_quoted(value));
  }
  void unset_if_within(const std::string& name, const std::string& part) override {
    add("case \"${" + name + "-}\" in *" + part + "*) unset " + name + " ;; esac");
  }
  void set_if_empty_or_within(const std::string& name, const std::string& part,
                              const std::string& value) override {
    add("case \"${" + name + "-}\" in '' | *" + part + "*) export " + name + "=" + shell_quoted(value) +
        " ;; esac");
  }
};

/// A universal variable of fish is the user's in all his shells: it is covered by an empty one, which go
/// takes for none, and not erased.
class FishLines : public ShellLines {
 public:
  void path_first(const std::string& directory) override {
    add("set -gx PATH " + fish_quoted(directory) + " $PATH");
  }
  void set(const std::string& name, const std::string& value) override { add(setting(name, value)); }
  void unset(const std::string& name) override { add(unsetting(name)); }
  void unset_if_noted(const Names& names, const std::string& note) override {
    const std::string now = join(names, " ", [](const auto& name) { return name + "=$" + name; });
    std::string then;
    for (const std::string& name : names) append(then, "; ", unsetting(name));
    add("if string match -rq -- (string escape --style=regex -- \" " + now + " \") \" $" + note + " \"; " +
        then + "; end");
  }
  void set_if_empty(const std::string& name, const std::string& value) override {
    add("test -n \"$" + name + "\"; or " + setting(name, value));
  }
  void unset_if_within(const std::string& name, const std::string& part) override {
    add("if string match -q -- '*" + part + "*' \"$" + name + "\"; " + unsetting(name) + "; end");
  }
  void set_if_empty_or_within(const std::string& name, const std::string& part,
                              const std::string& value) override {
    add("if test -z \"$" + name + "\"; or string match -q -- '*" + part + "*' \"$" + name + "\"; " +
        setting(name, value) + "; end");
  }

 private:
  static std::string setting(const std::string& name, const std::string& value) {
    return "set -gx " + name + " " + fish_quoted(value);
  }
  static std::string unsetting(const std::string& name) {
    return "set -eg " + name + "; set -q " + name + "; and set -gx " + name + " ''";
  }
};

class NuLines : public ShellLines {
 public:
  void path_first(const std::string& directory) override {
    add("$env.PATH = ($env.PATH? | default [] | split row (char esep) | prepend " + nu_quoted(directory) +
        ")");
  }
  void set(const std::string& name, const std::string& value) override {
    add("$env." + name + " = " + nu_quoted(value));
  }
  void unset(const std::string& name) override { add("hide-env --ignore-errors " + name); }
  void unset_if_noted(const Names& names, const std::string& note) override {
    std::string now = "\" \"";
    for (const std::string& name : names) now += " + \"" + name + "=\" + " + value_of(name) + " + \" \"";
    add("if (\" \" + " + value_of(note) + " + \" \" | str contains (" + now +
        ")) { hide-env --ignore-errors " + join(names, " ", [](const auto& name) { return name; }) + " }");
  }
  void set_if_empty(const std::string& name, const std::string& value) override {
    add("if (" + value_of(name) + " | is-empty) { $env." + name + " = " + nu_quoted(value) + " }");
  }
  void unset_if_within(const std::string& name, const std::string& part) override {
    add("if (" + value_of(name) + " | str contains " + nu_quoted(part) + ") { hide-env --ignore-errors " +
        name + " }");
  }
  void set_if_empty_or_within(const std::string& name, const std::string& part,
                              const std::string& value) override {
    add("if (" + value_of(name) + " | is-empty) or (" + value_of(name) + " | str contains " +
        nu_quoted(part) + ") { $env." + name + " = " + nu_quoted(value) + " }");
  }

 private:
  static std::string value_of(const std::string& name) { return "($env." + name + "? | default \"\")"; }
};

class PwshLines : public ShellLines {
 public:
  void path_first(const std::string& directory) override {
    add("$env:PATH = " + pwsh_quoted(directory) +
        " + $(if ($env:PATH) { [IO.Path]::PathSeparator + $env:PATH })");
  }
  void set(const std::string& name, const std::string& value) override { add(setting(name, value)); }
  void unset(const std::string& name) override { add(unsetting(name)); }
  void unset_if_noted(const Names& names, const std::string& note) override {
    std::string now = "' '", then;
    for (const std::string& name : names) {
      now += " + '" + name + "=' + $env:" + name + " + ' '";
      append(then, "; ", unsetting(name));
    }
    add("if ((' ' + $env:" + note + " + ' ').Contains(" + now + ")) { " + then + " }");
  }
  void set_if_empty(const std::string& name, const std::string& value) override {
    add("if (-not $env:" + name + ") { " + setting(name, value) + " }");
  }
  void unset_if_within(const std::string& name, const std::string& part) override {
    add("if (\"$env:" + name + "\".Contains(" + pwsh_quoted(part) + ")) { " + unsetting(name) + " }");
  }
  void set_if_empty_or_within(const std::string& name, const std::string& part,
                              const std::string& value) override {
    add("if (-not $env:" + name + " -or $env:" + name + ".Contains(" + pwsh_quoted(part) + ")) { " +
        setting(name, value) + " }");
  }

 private:
  static std::string setting(const std::string& name, const std::string& value) {
    return "$env:" + name + " = " + pwsh_quoted(value);
  }
  static std::string unsetting(const std::string& name) { return "$env:" + name + " = $null"; }
};

}  // namespace

std::optional<Shell> find_shell(const std::string& name) {
  for (const char* const posix : {"bash", "zsh", "sh", "dash", "ksh", "mksh"}) {
    if (name == posix) return Shell::posix;
  }
  if (name == "fish") return Shell::fish;
  if (name == "nu" || name == "nushell") return Shell::nu;
  if (name == "pwsh" || name == "powershell") return Shell::pwsh;
  return std::nullopt;
}

std::unique_ptr<ShellLines> lines_for(Shell shell) {
  switch (shell) {
    case Shell::fish:
      return std::make_unique<FishLines>();
    case Shell::nu:
      return std::make_unique<NuLines>();
    case Shell::pwsh:
      return std::make_unique<PwshLines>();
    case Shell::posix:
      break;
  }
  return std::make_unique<PosixLines>();
}

}  // namespace gostrap
