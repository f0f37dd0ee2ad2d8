#include "toolchain/probe_c_compiler.hpp"

#include "program/read_program.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/stage.hpp"
#include "support/strings.hpp"
#include "toolchain/ask_compiler.hpp"
#include "toolchain/c_parts.hpp"
#include "toolchain/c_sysroot.hpp"
#include "toolchain/c_words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace gostrap {
namespace {

using Words = std::vector<std::string>;

constexpr const char* one_line_program = "int main(void) { return 0; }\n";

Words joined(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

bool is_directory(const std::string& path) {
  std::error_code hidden;
  return fs::is_directory(path, hidden);
}

void add_once(Words& list, const std::string& each) {
  if (std::find(list.begin(), list.end(), each) == list.end()) list.push_back(each);
}

/// Absolute, without a slash at its end; empty stays empty.
std::string plain_place(const std::string& place) {
  if (place.empty()) return place;
  std::string plain = without_trailing(fs::absolute(place).lexically_normal().string(), "/");
  return plain.empty() ? "/" : plain;
}

class Probe {
 public:
  Probe(const CRequest& request, const Port& port)
      : request_(request), port_(port), driver_(find_c_compiler(request, port)) {}

  CCompiler run() {
    compiler_.kind = driver_.kind;
    compiler_.cc = driver_.cc.string();
    compiler_.is_static = request_.is_static;
    create_file(work_.path() / "main.c", one_line_program);
    ask_target();
    ask_version();
    compiler_.cxx = cxx_beside(driver_.cc).string();
    compiler_.ar = program("ar");
    compiler_.headers = headers_of(compiler_.cc, "c");
    if (!compiler_.cxx.empty()) compiler_.cxx_headers = headers_of(compiler_.cxx, "c++");
    ask_libraries();
    take_sysroot();
    leave_out_host();
    Words linked = link_or_refuse();
    name_library();
    look_at_program(linked);
    try_static_pie();
    for (const std::string& each : linked_with_cxx()) add_once(linked, each);
    gather_parts(linked);
    require_plain();
    return std::move(compiler_);
  }

 private:
  [[noreturn]] void refuse(const std::string& why, const std::string& next = {}) const {
    throw Error("compile C for " + port_.text() + " with " + driver_.cc.string(), why, next);
  }

  CompilerAnswer ask(const Words& argv) const { return ask_compiler(argv, work_.path()); }

  Words with_target(const std::string& program) const {
    Words words{program};
    if (driver_.kind == CKind::clang && driver_.needs_target)
      words.push_back("--target=" +
                      (port_of_target(compiler_.target) == port_ ? compiler_.target : debian_target(port_)));
    return words;
  }

  void ask_target() {
    CompilerAnswer answer = ask({compiler_.cc, "-dumpmachine"});
    if (!answer.ok) refuse("it does not say what it compiles for (-dumpmachine): " + answer.complaint());
    compiler_.target = answer.first();
    const std::string wanted = debian_target(port_);
    if (driver_.needs_target && !wanted.empty() && port_of_target(compiler_.target) != port_) {
      // by the name that it is asked for, and by no other, it finds the linker of that name
      answer = ask(joined(with_target(compiler_.cc), {"-dumpmachine"}));
      if (answer.ok && port_of_target(answer.first()) == port_) compiler_.target = wanted;
    }
    if (compiler_.kind == CKind::musl && compiler_.target.find("-gnu") != std::string::npos)
      compiler_.target.replace(compiler_.target.find("-gnu"), 4, "-musl");  // a script before Debian's gcc
    if (port_of_target(compiler_.target) == port_) return;
    const std::string packages = usual_c_kind(port_) ? c_packages(port_, *usual_c_kind(port_)) : "";
    refuse("it makes programs for " + compiler_.target,
           packages.empty() ? "Name another by --cc PATH."
                            : "One for " + port_.text() + ": apt-get install " + packages);
  }

  void ask_version() {
    const CompilerAnswer answer = ask({compiler_.cc, "--version"});
    if (!answer.ok || answer.first().empty()) refuse("it does not say its version: " + answer.complaint());
    compiler_.version = answer.first();
    const bool clang = compiler_.version.find("clang") != std::string::npos;
    if (clang != (compiler_.kind == CKind::clang)) compiler_.kind = clang ? CKind::clang : CKind::gcc;
  }

  /// Where a program that the compiler starts lies; empty where there is none.
  std::string program(const std::string& name) {
    const CompilerAnswer answer = ask(joined(with_target(compiler_.cc), {"-print-prog-name=" + name}));
    const auto there = answer.ok ? find_program(answer.first()) : std::nullopt;
    return there ? fs::absolute(*there).lexically_normal().string() : "";
  }

  Words headers_of(const std::string& program, const std::string& language) {
    Words headers;
    bool inside = false;
    for (const std::string& line :
         ask(joined(with_target(program), {"-E", "-v", "-x", language, "/dev/null"})).lines) {
      if (line.starts_with("End of search list")) inside = false;
      if (inside && line.starts_with(" /")) headers.push_back(line.substr(1));
      if (line.starts_with("#include <...>")) inside = true;
    }
    return headers;
  }

  void ask_libraries() {
    constexpr std::string_view begin = "libraries: =";
    for (const std::string& line : ask(joined(with_target(compiler_.cc), {"-print-search-dirs"})).lines) {
      if (!line.starts_with(begin)) continue;
      const std::string directories = line.substr(begin.size());
      for (const std::string_view each : split(directories, ":")) {
        const std::string place = without_trailing(fs::path(each).lexically_normal().string(), "/");
        if (place.starts_with("/") && is_directory(place)) add_once(compiler_.libraries, place);
      }
    }
  }

  void take_sysroot() {
    if (request_.sysroot.empty()) return;
    sysroot_ = read_c_sysroot(request_.sysroot, debian_target(port_));
    compiler_.sysroot = request_.sysroot;
    compiler_.sysroot_use = sysroot_.has_c_library ? SysrootUse::instead : SysrootUse::beside;
    Words all = sysroot_.libraries;
    for (const std::string& each : compiler_.libraries) add_once(all, each);
    compiler_.libraries = all;
    own_headers_ = compiler_.headers;
    own_cxx_headers_ = compiler_.cxx_headers;
    compiler_.headers = joined(sysroot_.headers, own_headers_);
    compiler_.cxx_headers = joined(sysroot_.headers, own_cxx_headers_);
  }

  void force_sysroot() {
    compiler_.sysroot_use = SysrootUse::forced;
    compiler_.headers = forced_headers(sysroot_, own_headers_);
    if (!compiler_.cxx.empty()) compiler_.cxx_headers = forced_headers(sysroot_, own_cxx_headers_);
  }

  /// Of a compiler for another port /usr/include is this machine's, unless libraries of the port, as Debian
  /// has them, share it.
  void leave_out_host() {
    const std::string shared = "/usr/include/" + debian_target(port_);
    const bool own = compiler_.sysroot_use == SysrootUse::none;
    if (!own && compiler_.sysroot_use != SysrootUse::beside) return;
    if (port_ == own_port() || is_directory(shared)) return;
    const auto is_hosts = [](const std::string& place) {
      const std::string plain = fs::path(place).lexically_normal().string();
      return plain == "/usr/include" || plain == "/usr/local/include";
    };
    const std::size_t before = compiler_.headers.size();
    std::erase_if(compiler_.headers, is_hosts);
    std::erase_if(compiler_.cxx_headers, is_hosts);
    if (own && compiler_.headers.size() != before && !compiler_.headers.empty())
      compiler_.sysroot_use = SysrootUse::own;
  }

  /// What is static by itself may not be so as a position independent program: Debian's musl-gcc makes a
  /// dynamic one.
  void try_static_pie() {
    if (!compiler_.is_static || port_.goos != "linux") return;
    const fs::path made = work_.path() / "pie";
    Words argv = joined({compiler_.cc}, c_words(compiler_).c);
    argv = joined(joined(argv, c_words(compiler_).link), {"-static-pie", "-o", made.string()});
    if (!ask(joined(argv, {(work_.path() / "main.c").string()})).ok || !fs::exists(made)) return;
    compiler_.static_pie = read_program_file(made).is_static();
  }

  /// The files of a program in C++, where it can be linked: the C++ compiler may be there without its
  /// library.
  Words linked_with_cxx() {
    if (compiler_.cxx.empty()) return {};
    create_file(work_.path() / "main.cc", "int main() { try { throw 1; } catch (int) { return 0; } }\n");
    const CWords words = c_words(compiler_);
    Words argv = joined(joined({compiler_.cxx}, words.cxx), words.link);
    if (compiler_.is_static) argv.emplace_back("-static");
    const CompilerAnswer answer = ask(joined(
        argv, {"-Wl,--trace", "-o", (work_.path() / "cxx").string(), (work_.path() / "main.cc").string()}));
    return answer.ok ? linked_files(answer.lines, work_.path()) : Words();
  }

  /// What is written into a manifest must be readable there.
  void require_plain() const {
    try {
      const std::string text = to_json(compiler_).dump();
      c_compiler_from_json(JsonDocument(text, "what it says of itself").view());
    } catch (const Json::exception&) {
      refuse("its path, or what it says of itself, is not UTF-8");
    } catch (const Error& error) {
      refuse(error.what());
    }
  }

  CompilerAnswer link() {
    const CWords words = c_words(compiler_);
    Words argv = joined({compiler_.cc}, words.c);
    argv = joined(argv, words.link);
    if (compiler_.is_static) argv.emplace_back("-static");
    if (port_.goos == "linux") argv.emplace_back("-pthread");
    return ask(joined(
        argv, {"-Wl,--trace", "-o", (work_.path() / "main").string(), (work_.path() / "main.c").string()}));
  }

  /// The files that were linked.
  Words link_or_refuse() {
    CompilerAnswer answer = link();
    const bool has_library = compiler_.sysroot_use == SysrootUse::instead;
    if (has_library &&
        (!answer.ok ||
         !c_library_outside(compiler_.sysroot, linked_files(answer.lines, work_.path())).empty())) {
      force_sysroot();
      answer = link();
    }
    if (!answer.ok) {
      const std::string what = request_.is_static ? "a static program" : "a program";
      const auto usual = usual_c_kind(port_);
      const std::string packages = usual ? c_packages(port_, *usual) : "";
      refuse("it links no " + what.substr(2) + " of one line: " + answer.complaint(),
             !request_.sysroot.empty() ? "Is the C library of " + request_.sysroot + " whole?"
             : packages.empty()        ? ""
                                       : "Is its C library there? apt-get install " + packages);
    }
    Words linked = linked_files(answer.lines, work_.path());
    if (has_library) {
      if (const std::string outside = c_library_outside(compiler_.sysroot, linked); !outside.empty())
        refuse("it takes " + outside + " although --sysroot is " + compiler_.sysroot,
               "A sysroot without a C library of its own (no stdio.h) is searched beside the compiler's.");
    }
    return linked;
  }

  void name_library() {
    create_file(work_.path() / "library.c", "#include <stdlib.h>\n");
    std::string glibc, glibc_minor, mingw;
    const CompilerAnswer answer = ask(joined(joined({compiler_.cc}, c_words(compiler_).c),
                                             {"-E", "-dM", (work_.path() / "library.c").string()}));
    if (!answer.ok) refuse("it finds no stdlib.h: " + answer.complaint());
    const auto value = [](const std::string& line, std::string_view name, std::string& into) {
      const std::string start = "#define " + std::string(name) + " ";
      if (line.starts_with(start)) into = line.substr(start.size());
    };
    for (const std::string& line : answer.lines) {
      value(line, "__GLIBC__", glibc);
      value(line, "__GLIBC_MINOR__", glibc_minor);
      value(line, "__MINGW64_VERSION_MAJOR", mingw);
    }
    if (!glibc.empty()) {
      compiler_.library = "glibc " + glibc + "." + glibc_minor;
    } else if (!mingw.empty()) {
      compiler_.library = "mingw-w64 " + mingw;
      if (compiler_.kind == CKind::gcc) compiler_.kind = CKind::mingw;
    } else if (port_.goos == "linux") {
      compiler_.library = "musl";
      if (compiler_.kind == CKind::gcc) compiler_.kind = CKind::musl;
    } else {
      compiler_.library = "the C library of " + port_.goos;
    }
  }

  void look_at_program(const Words& linked) {
    const fs::path made = work_.path() / (port_.goos == "windows" ? "main.exe" : "main");
    const ProgramFacts facts = read_program_file(fs::exists(made) ? made : work_.path() / "main");
    if (facts.goarch != port_.goarch)
      refuse("what it links is for " + (facts.goarch.empty() ? "another machine" : facts.goarch));
    if (compiler_.is_static && !facts.is_static() && port_.goos == "linux")
      refuse("what it links with -static is not static: it needs " +
             (facts.needed.empty() ? facts.interpreter : facts.needed.front()));
    compiler_.interpreter = facts.interpreter;
    if (compiler_.interpreter.empty()) return;
    if (compiler_.sysroot_use == SysrootUse::instead || compiler_.sysroot_use == SysrootUse::forced) {
      compiler_.library_root = compiler_.sysroot;
      return;
    }
    if (port_ == own_port() && fs::exists(compiler_.interpreter)) return;
    for (const std::string& each : linked) {
      for (fs::path root = fs::path(each).parent_path(); root.has_relative_path();
           root = root.parent_path()) {
        if (!fs::exists(root.string() + compiler_.interpreter)) continue;
        compiler_.library_root = root.string();
        return;
      }
    }
  }

  void gather_parts(const Words& linked) {
    PartList parts;
    parts.add("cc", compiler_.cc);
    if (!compiler_.cxx.empty()) parts.add("c++", compiler_.cxx);
    const bool clang = compiler_.kind == CKind::clang;
    for (const char* const name : {"cc1", "cc1plus", "collect2", "as", "ld"}) {
      if (clang && std::string_view(name).starts_with("c")) continue;
      if (const std::string place = program(name); !place.empty()) parts.add(name, place);
    }
    if (clang) parts.add("clang", fs::canonical(compiler_.cc));
    for (const std::string& line : ask({compiler_.cc, "-v"}).lines) {
      constexpr std::string_view specs = "Reading specs from ", driver = "COLLECT_GCC=";
      if (line.starts_with(std::string(specs) + "/")) parts.add("specs", line.substr(specs.size()));
      if (!line.starts_with(driver)) continue;
      if (const auto there = find_program(line.substr(driver.size()))) parts.add("gcc", *there);
    }
    for (const std::string& each : linked) parts.add(fs::path(each).filename().string(), each);
    for (const CPart& part : parts.finished()) {
      for (const std::string& library : own_libraries(part.path))
        parts.add(own_library_prefix + fs::path(library).filename().string(), library);
    }
    if (compiler_.kind == CKind::musl) {  // what its driver says of itself is gcc's
      compiler_.libraries = sysroot_.libraries;
      for (const std::string& each : linked)
        add_once(compiler_.libraries, fs::path(each).parent_path().string());
    }
    compiler_.parts = parts.finished();
    compiler_.packages = packages_of(compiler_.parts);
  }

  const CRequest& request_;
  const Port& port_;
  CDriver driver_;
  CCompiler compiler_;
  CSysroot sysroot_;
  Words own_headers_, own_cxx_headers_;
  TemporaryDirectory work_;
};

}  // namespace

CCompiler probe_c_compiler(const CRequest& request, const Port& port) {
  CRequest asked = request;
  asked.sysroot = plain_place(asked.sysroot);
  return Probe(asked, port).run();
}

bool is_asked_for(const CCompiler& compiler, const CRequest& request, const Port& port) {
  if (compiler.is_static != request.is_static) return false;
  if (compiler.sysroot != plain_place(request.sysroot)) return false;
  try {
    const fs::path cc = find_c_compiler(request, port).cc;
    // a C++ compiler may have come meanwhile
    return cc == compiler.cc && cxx_beside(cc) == compiler.cxx;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace gostrap
