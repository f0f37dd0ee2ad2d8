#include "toolchain/find_c_compiler.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/strings.hpp"

#include <unistd.h>

#include <algorithm>

namespace gostrap {
namespace {

constexpr int oldest_clang = 11, newest_clang = 30;

std::string machine_of(const Port& port) {
  const std::string target = debian_target(port);
  return target.substr(0, target.find('-'));
}

/// The names of a kind's programs for the port on a machine of another, most wanted first.
std::vector<std::string> names_of(CKind kind, const Port& port, const Port& machine = own_port()) {
  std::vector<std::string> names;
  const std::string target = debian_target(port);
  switch (kind) {
    case CKind::gcc:
      if (!target.empty()) names = {target + "-gcc"};
      if (port == machine) names.emplace_back("gcc");
      break;
    case CKind::mingw:
      if (!target.empty()) names = {target + "-gcc"};
      break;
    case CKind::musl:
      names = {machine_of(port) + "-linux-musl-gcc", machine_of(port) + "-linux-musl-cc"};
      if (port.goarch == "arm") names = {"arm-linux-musleabihf-gcc"};
      if (port == machine) names.emplace_back("musl-gcc");
      break;
    case CKind::clang:
      names = {"clang"};
      for (int version = newest_clang; version >= oldest_clang; --version)
        names.push_back("clang-" + std::to_string(version));
      break;
  }
  return names;
}

std::string install_line(const Port& port, CKind kind) {
  const std::string packages = c_packages(port, kind);
  return packages.empty() ? "--cc PATH names one that you have." : "apt-get install " + packages;
}

CDriver driver_of(CKind kind, const Port& port) {
  const std::string doing = "compile C for " + port.text();
  if (kind == CKind::mingw && port.goos != "windows")
    throw UsageError("mingw makes programs for windows, not for " + port.text(),
                     "Leave --cc out, or name another.");
  if (kind != CKind::mingw && kind != CKind::clang && port.goos != "linux")
    throw UsageError("--cc " + text(kind) + " is for linux, not for " + port.text(),
                     port.goos == "windows" ? "For windows it is mingw." : "--cc PATH names a compiler.");
  const std::vector<std::string> names = names_of(kind, port);
  for (const std::string& name : names) {
    if (const auto there = find_program(name)) return {kind, fs::absolute(*there), kind == CKind::clang};
  }
  const std::vector<std::string> said(names.begin(),
                                      names.begin() + std::min<std::ptrdiff_t>(3, std::ssize(names)));
  throw Error(doing, "there is no " + (said.empty() ? text(kind) : join(said, " and no ")) + " on PATH",
              install_line(port, kind));
}

bool is_zig(const std::string& word) {
  const std::string name = fs::path(word).filename().string();
  return name == "zig" || name == "zig-cc" || word.starts_with("zig ");
}

/// By its name; probe_c_compiler asks for the rest.
CKind kind_by_name(const fs::path& cc, const Port& port) {
  const std::string name = cc.filename().string();
  if (name.find("clang") != std::string::npos) return CKind::clang;
  if (name.find("musl") != std::string::npos) return CKind::musl;
  return port.goos == "windows" ? CKind::mingw : CKind::gcc;
}

}  // namespace

bool has_c_compiler(CKind kind, const Port& port) {
  const std::vector<std::string> names = names_of(kind, port);
  return std::any_of(names.begin(), names.end(),
                     [](const std::string& name) { return find_program(name).has_value(); });
}

bool is_named_by_kind(const fs::path& cc, CKind kind, const Port& port, const Port& machine) {
  if (cc.parent_path() != "/usr/bin" && cc.parent_path() != "/bin") return false;
  std::vector<std::string> names = names_of(kind, port, machine);
  if (kind == CKind::clang) names.resize(1);  // of those with a version it would be the newest
  return std::find(names.begin(), names.end(), cc.filename().string()) != names.end();
}

std::string c_packages(const Port& port, CKind kind) {
  const std::string target = debian_target(port);
  std::string package_name = target;
  std::replace(package_name.begin(), package_name.end(), '_', '-');
  switch (kind) {
    case CKind::gcc:
      if (port == own_port()) return "gcc g++ libc6-dev";
      return target.empty() ? "" : "gcc-" + package_name + " g++-" + package_name;
    case CKind::mingw:
      if (port == Port{"windows", "386"}) return "gcc-mingw-w64-i686 g++-mingw-w64-i686";
      return port == Port{"windows", "amd64"} ? "gcc-mingw-w64-x86-64 g++-mingw-w64-x86-64" : "";
    case CKind::musl:
      return port == own_port() ? "musl-tools" : "";
    case CKind::clang:
      if (port == own_port()) return "clang libc6-dev";
      return target.empty() ? "clang" : "clang gcc-" + package_name;
  }
  return {};
}

std::optional<CKind> usual_c_kind(const Port& port) {
  if (port.goos == "windows") return CKind::mingw;
  return port.goos == "linux" ? std::optional(CKind::gcc) : std::nullopt;
}

fs::path cxx_beside(const fs::path& cc) {
  std::string name = cc.filename().string();
  for (const auto& [c, cxx] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"clang", "clang++"}, {"gcc", "g++"}, {"cc", "c++"}}) {
    const std::size_t at = name.rfind(c);
    if (at == std::string::npos) continue;
    name.replace(at, c.size(), cxx);
    fs::path beside = cc.parent_path() / name;
    return ::access(beside.c_str(), X_OK) == 0 ? beside : fs::path();
  }
  return {};
}

CDriver find_c_compiler(const CRequest& request, const Port& port) {
  const std::string& word = request.compiler;
  if (word.empty()) {
    if (const auto usual = usual_c_kind(port)) return driver_of(*usual, port);
    throw UsageError("no C compiler for " + port.text() + " is known here",
                     "--cc PATH names one that you have.");
  }
  if (const auto kind = c_kind(word)) return driver_of(*kind, port);
  if (is_zig(word)) {
    throw UsageError(
        "--cc zig cannot be: zig compiles its C library when it first needs it, so that what it is made of "
        "cannot be told beforehand",
        "--cc musl and --cc clang are bound by the hashes of their parts.");
  }
  const bool is_path = word.find('/') != std::string::npos;
  std::error_code hidden;
  if (is_path && fs::is_directory(word, hidden))
    throw UsageError("--cc " + word + " is a directory", "Name the compiler's program in it.");
  const std::optional<fs::path> there = find_program(word);
  if (!there) {
    const bool has_words = word.find(' ') != std::string::npos;
    const auto meant = nearest(word, c_kinds());
    throw UsageError("--cc " + word + ": there is no such program" + (is_path ? "" : " on PATH"),
                     has_words
                         ? "--cc is one program; what it is to be given goes into CGO_CFLAGS and CGO_LDFLAGS."
                     : meant ? "Did you mean " + *meant + "?"
                             : "It is one of " + join(c_kinds(), ", ") + ", or a program's name or path.");
  }
  const fs::path cc = fs::absolute(*there).lexically_normal();
  const CKind kind = kind_by_name(cc, port);
  return {kind, cc, kind == CKind::clang};
}

}  // namespace gostrap
