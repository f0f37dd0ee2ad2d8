// C compilers that are scripts, and a PATH on which there are no others.
#pragma once

#include "program/samples.hpp"
#include "support/process.hpp"
#include "support/testing.hpp"

#include <cstdlib>
#include <string>

namespace gostrap::testing {

/// While it is there, PATH is that and no more.
class OnlyPath {
 public:
  explicit OnlyPath(const std::string& path) : before_(environment_value("PATH").value_or("")) {
    ::setenv("PATH", path.c_str(), 1);
  }
  ~OnlyPath() { ::setenv("PATH", before_.c_str(), 1); }
  OnlyPath(const OnlyPath&) = delete;
  OnlyPath& operator=(const OnlyPath&) = delete;

 private:
  std::string before_;
};

/// An ELF program that asks for that dynamic linker.
inline std::string dynamic_elf(unsigned machine, const std::string& interpreter) {
  constexpr std::size_t type_of_segment = 64;
  std::string bytes = elf(machine, interpreter + std::string(1, '\0'));
  bytes[type_of_segment] = 3;  // PT_INTERP
  return bytes;
}

constexpr unsigned s390x_machine = 22, riscv64_machine = 243;

/// A machine with one C compiler, bin/NAME: it answers what the files below `says` say, and what it "links"
/// is says/program. Where says/WHAT.fails is, it says that and fails. says/log has its words of each call.
class FakeCompiler {
 public:
  explicit FakeCompiler(const std::string& name = "s390x-linux-gnu-gcc",
                        const std::string& target = "s390x-linux-gnu")
      : cc_(add(name)) {
    says("target", target + "\n");
    says("version", name + " (Fake 12.2.0-1) 12.2.0\nCopyright\n");
    says("headers", "#include <...> search starts here:\nEnd of search list.\n");
    says("libraries", "install: /x\nlibraries: =\n");
    says("macros", "#define __GLIBC__ 2\n#define __GLIBC_MINOR__ 36\n");
    says("trace", "");
    says("program", elf(s390x_machine, "data"));
  }

  const fs::path& cc() const { return cc_; }
  fs::path operator/(const std::string& name) const { return scratch_ / name; }
  const Scratch& scratch() const { return scratch_; }

  void says(const std::string& what, const std::string& text) const { scratch_.file("says/" + what, text); }
  /// A file of the machine's, without links in its path.
  std::string has(const std::string& name, const std::string& text = "x") const {
    return fs::canonical(scratch_.file(name, text, true)).string();
  }
  /// Another program that answers the same.
  fs::path add(const std::string& name) const { return scratch_.file("bin/" + name, script(), true); }
  std::string log() const { return read_file(scratch_ / "says/log"); }

 private:
  std::string script() const {
    return "#!/bin/sh\nhere='" + scratch_.path().string() + R"('
printf '%s\n' "${0##*/} $* CPATH=${CPATH-none} LC_ALL=$LC_ALL" >>"$here/says/log"
what=link made='' before='' target='' forced=''
for word in "$@"; do
  case $word in
    --target=*) target=${word#*=} ;;
    -dumpmachine) what=target ;;
    --version) what=version ;;
    -print-prog-name=*) what=program-of name=${word#*=} ;;
    -print-search-dirs) what=libraries ;;
    -nostdinc) forced=.forced ;;
    -E) what=headers ;;
    -dM) what=macros ;;
  esac
  if [ "$before" = -o ]; then made=$word; fi
  before=$word
done
if [ -e "$here/says/$what$forced.fails" ]; then command -p cat "$here/says/$what$forced.fails" >&2; exit 1; fi
case $what in
  target) if [ -n "$target" ]; then echo "$target"; else command -p cat "$here/says/target"; fi ;;
  program-of) if [ -x "$here/bin/$name" ]; then echo "$here/bin/$name"; else echo "$name"; fi ;;
  link)
    if [ -e "$here/says/program" ]; then command -p cp "$here/says/program" "$made"; fi
    if [ -e "$here/says/trace$forced" ]; then command -p cat "$here/says/trace$forced"; fi
    ;;
  *) command -p cat "$here/says/$what" >&2 ;;
esac
)";
  }

  Scratch scratch_;
  OnlyPath path_{(scratch_ / "bin").string()};
  fs::path cc_;
};

}  // namespace gostrap::testing
