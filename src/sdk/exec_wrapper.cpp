// The scripts are in src/sdk/exec_wrapper. Names of their own begin with gostrap_ since layout 2: what the
// caller has exported must reach the program. They start node with a larger stack, since V8's default is too
// small for deep recursion in Go's own tests, and without incremental marking, which a wasm memory that grows
// sets off, and which leaves stale pointers behind: Node.js 20 then crashes now and then, on a busy machine
// more often.
#include "sdk/exec_wrapper.hpp"

#include "sdk/embedded.hpp"
#include "support/filled.hpp"
#include "support/shell_words.hpp"
#include "support/strings.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace gostrap {
namespace {

constexpr std::array qemu_names{
    std::pair{"386", "i386"},      std::pair{"amd64", "x86_64"},        std::pair{"arm", "arm"},
    std::pair{"arm64", "aarch64"}, std::pair{"loong64", "loongarch64"}, std::pair{"mips", "mips"},
    std::pair{"mips64", "mips64"}, std::pair{"mips64le", "mips64el"},   std::pair{"mipsle", "mipsel"},
    std::pair{"ppc64", "ppc64"},   std::pair{"ppc64le", "ppc64le"},     std::pair{"riscv64", "riscv64"},
    std::pair{"s390x", "s390x"},
};

/// What an SDK of one layout has.
struct Texts {
  std::string_view qemu, js, wasi;
  std::string_view wasm_environment;  ///< empty where there is none
};

Texts texts_of(int layout) {
  using namespace embedded;
  if (layout == 1)
    return {exec_wrapper_layout_1_qemu_sh, exec_wrapper_layout_1_js_sh, exec_wrapper_layout_1_wasi_sh, {}};
  return {exec_wrapper_qemu_sh, exec_wrapper_js_sh, exec_wrapper_wasi_sh, exec_wrapper_wasm_environment_cjs};
}

std::string wasm_directory(const Version& version) {
  // misc/wasm moved to lib/wasm in Go 1.24
  return version < Version{1, 24, 0, 0} ? "misc/wasm" : "lib/wasm";
}

/// "Z:\\usr\\lib": a directory as Wine has it.
std::string windows_path(std::string path) {
  std::replace(path.begin(), path.end(), '/', '\\');
  return "Z:" + path;
}

std::vector<AddedFile> wine_wrapper(const Port& port, const Port& hosted_on, const CCompiler& compiler) {
  if (hosted_on != Port{"linux", "amd64"} || (port.goarch != "amd64" && port.goarch != "386")) return {};
  const bool narrow = port.goarch == "386";
  const std::string name = "go_" + port.underscored() + "_exec";
  return {
      {"bin/" + name,
       filled(
           embedded::exec_wrapper_wine_sh,
           {{"port", port.text()},
            {"wrapper", name},
            {"compiler", "go_" + port.underscored() + "_cc"},
            // where a Windows of 64 bits has the libraries of 32
            {"system", narrow ? "syswow64" : "system32"},
            {"libraries", shell_quoted(join(compiler.libraries, ";", windows_path))},
            // Debian's wine is a script that takes whichever of the two is installed
            {"wine", shell_quoted(narrow ? "/usr/lib/wine/wine wine32" : "wine64 /usr/lib/wine/wine64 wine")},
            {"install", shell_quoted(narrow ? "for windows/386 it is wine32 (Debian: dpkg --add-architecture "
                                              "i386 && apt-get update && apt-get install wine32:i386)"
                                            : "Debian: apt-get install wine64; Nix: pkgs.wine64")}}),
       true}};
}

}  // namespace

std::string qemu_library_lines(const CCompiler& compiler) {
  std::string lines;
  if (!compiler.library_root.empty()) {
    const std::string root = shell_quoted(compiler.library_root);
    lines += "if [ -z \"${QEMU_LD_PREFIX-}\" ] && [ -d " + root + " ]; then QEMU_LD_PREFIX=" + root +
             "; export QEMU_LD_PREFIX; fi\n";
  }
  if (compiler.sysroot_use != SysrootUse::beside) return lines;
  std::string places;
  for (const std::string& each : compiler.libraries) {
    if (each.starts_with(compiler.sysroot + "/")) append(places, ":", each);
  }
  if (places.empty()) return lines;
  // QEMU's own LD_LIBRARY_PATH is this machine's
  return lines + "QEMU_SET_ENV=${QEMU_SET_ENV:+$QEMU_SET_ENV,}LD_LIBRARY_PATH=" + shell_quoted(places) +
         "${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}; export QEMU_SET_ENV\n";
}

/// An x86-64 kernel runs 386 programs by itself.
bool runs_natively(const Port& port, const Port& hosted_on) {
  return port == hosted_on || (port == Port{"linux", "386"} && hosted_on == Port{"linux", "amd64"});
}

std::optional<std::string> qemu_program(const std::string& goarch) {
  for (const auto& [go_name, qemu_name] : qemu_names) {
    if (goarch == go_name) return std::string("qemu-") + qemu_name;
  }
  return std::nullopt;
}

std::vector<AddedFile> exec_wrapper(const Port& port, const Port& hosted_on, const Version& version,
                                    int layout, const CCompiler* compiler) {
  const std::string name = "go_" + port.underscored() + "_exec";
  const Texts texts = texts_of(layout);
  if (runs_natively(port, hosted_on)) return {};
  if (port == Port{"js", "wasm"}) {
    std::vector<AddedFile> files{
        {"bin/" + name, filled(texts.js, {{"wasm_directory", wasm_directory(version)}}), true}};
    if (!texts.wasm_environment.empty())
      files.push_back({"share/gostrap/wasm_environment.cjs", std::string(texts.wasm_environment), false});
    return files;
  }
  if (port == Port{"wasip1", "wasm"}) {
    return {{"bin/" + name, std::string(texts.wasi), true},
            {"share/gostrap/wasi_exec.mjs", std::string(embedded::exec_wrapper_wasi_exec_mjs), false}};
  }
  if (port.goos == "windows" && compiler != nullptr) return wine_wrapper(port, hosted_on, *compiler);
  const std::optional<std::string> qemu = qemu_program(port.goarch);
  if (port.goos != "linux" || hosted_on.goos != "linux" || !qemu) return {};
  std::map<std::string_view, std::string> words{{"port", port.text()},
                                                {"wrapper", name},
                                                {"qemu", *qemu},
                                                {"machine", qemu->substr(qemu->find('-') + 1)}};
  std::string lines;
  if (compiler != nullptr && (port.goarch == "arm64" || port.goarch == "ppc64le"))
    lines = filled(embedded::exec_wrapper_race_sh, {{"port", port.text()}, {"wrapper", name}});
  if (layout > 1) words["libraries"] = compiler != nullptr ? lines + qemu_library_lines(*compiler) : "";
  return {{"bin/" + name, filled(texts.qemu, words), true}};
}

std::optional<std::string> why_not_run(const Port& port, const Port& hosted_on, const CCompiler* compiler) {
  if (runs_natively(port, hosted_on) ||
      !exec_wrapper(port, hosted_on, Version{1, 24, 0}, current_layout, compiler).empty()) {
    return std::nullopt;
  }
  if (port.goos == "linux") return "QEMU's user mode does not emulate " + port.goarch;
  return "no emulator here runs programs of " + port.goos;
}

}  // namespace gostrap
