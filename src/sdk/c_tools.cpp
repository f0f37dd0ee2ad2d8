#include "sdk/c_tools.hpp"

#include "sdk/embedded.hpp"
#include "sdk/manifest.hpp"
#include "support/filled.hpp"
#include "support/shell_words.hpp"
#include "support/strings.hpp"
#include "toolchain/c_words.hpp"
#include "toolchain/find_c_compiler.hpp"

#include <algorithm>

namespace gostrap {
namespace {

using Words = std::vector<std::string>;

std::string quoted(const Words& words) {
  return join(words, " ", shell_quoted);
}

std::string tool(const Port& port, const std::string& name) {
  return "go_" + port.underscored() + "_" + name;
}

/// What has it, for whoever does not: its packages, else its own words.
std::string how_to_have(const CCompiler& compiler) {
  if (compiler.packages.empty()) return "it is " + compiler.version;
  return "it is of " +
         join(compiler.packages, ", ", [](const auto& each) { return each.first + " " + each.second; });
}

std::string again(const Port& port, const Port& hosted_on, const CCompiler& compiler) {
  return c_build_words(port, compiler, hosted_on) + " makes an SDK with what is there then";
}

std::string no_cxx_script(const Port& port, const Port& hosted_on, const CCompiler& compiler) {
  return filled(embedded::c_tools_no_cxx_sh, {{"port", port.text()},
                                              {"compiler", shell_quoted(compiler.cc)},
                                              {"again", shell_quoted(again(port, hosted_on, compiler))}});
}

/// Drivers that are small enough to be scripts are read at each call.
std::string script_check(const CCompiler& compiler) {
  constexpr std::uint64_t largest = 65536;
  Words files, sums;
  for (const CPart& part : compiler.parts) {
    if (part.size > largest || (part.name != "cc" && part.name != "c++" && part.name != "specs")) continue;
    if (part.path.find_first_of("\\\n") != std::string::npos)
      continue;  // sha256sum writes such names otherwise
    files.push_back(part.path);
    sums.push_back(hex(part.sha256) + "  " + part.path);
  }
  if (files.empty()) return {};
  const std::string ask = "sha256sum -- " + quoted(files) + " 2>/dev/null";
  return "gostrap_sums=$(command -p " + ask + " || " + ask + ")\n" +
         "if [ $? != 127 ] && [ \"$gostrap_sums\" != " + shell_quoted(join(sums, "\n")) +
         " ]; then gostrap_sizes=''; fi\n";
}

std::string compiler_script(const Port& port, const Port& hosted_on, const CCompiler& compiler, bool cxx) {
  const CWords words = c_words(compiler);
  Words parts, sizes;
  for (const CPart& part : compiler.parts) {
    parts.push_back(part.path);
    sizes.push_back(std::to_string(part.size));
  }
  return filled(embedded::c_tools_cc_sh, {{"language", cxx ? "C++" : "C"},
                                          {"port", port.text()},
                                          {"goos", port.goos},
                                          {"goarch", port.goarch},
                                          {"compiler", shell_quoted(cxx ? compiler.cxx : compiler.cc)},
                                          {"install", shell_quoted(how_to_have(compiler))},
                                          {"parts", quoted(parts)},
                                          {"sizes", shell_quoted(join(sizes, "\n"))},
                                          {"version", shell_quoted(compiler.version)},
                                          {"again", shell_quoted(again(port, hosted_on, compiler))},
                                          {"number", compiler.number()},
                                          // what this script makes of the compiler counts, too
                                          {"layout", std::to_string(current_layout)},
                                          {"identity", compiler.identity()},
                                          {"words", quoted(cxx ? words.cxx : words.c)},
                                          {"link", quoted(words.link)},
                                          {"kind", text(compiler.kind)},
                                          {"static", shell_quoted(compiler.is_static ? "yes" : "")},
                                          {"static_pie", shell_quoted(compiler.static_pie ? "yes" : "")},
                                          {"scripts", script_check(compiler)},
                                          {"libraries", shell_quoted(join(compiler.libraries, ", "))}});
}

/// Where .pc files of these libraries are.
Words package_directories(const Words& libraries, const CCompiler& compiler) {
  Words directories;
  const auto add = [&](const std::string& directory) {
    if (std::find(directories.begin(), directories.end(), directory) == directories.end())
      directories.push_back(directory);
  };
  for (const std::string& each : libraries) {
    add(each + "/pkgconfig");
    // only a root of the port's own has a share of its own: /usr/share is this machine's
    const std::size_t lib = each.rfind("/lib");
    if (lib == std::string::npos) continue;
    const std::string prefix = each.substr(0, lib);
    const auto is_within = [&](const std::string& root) {
      return !root.empty() && (prefix + "/").starts_with(root + "/");
    };
    if (is_within(compiler.sysroot) || is_within(compiler.library_root)) add(prefix + "/share/pkgconfig");
  }
  return directories;
}

/// A directory of the port's own among the compiler's: /usr/lib is that of this machine.
bool is_of_target(const std::string& place, const CCompiler& compiler) {
  const std::string target = compiler.target;
  return place.find("/" + target + "/") != std::string::npos || place.ends_with("/" + target) ||
         (!compiler.library_root.empty() && place.starts_with(compiler.library_root + "/"));
}

std::string pkg_config_script(const Port& port, const Port& hosted_on, const CCompiler& compiler) {
  if (port == hosted_on && compiler.sysroot.empty() && compiler.kind != CKind::musl) {
    return filled(embedded::c_tools_pkg_config_own_sh, {{"port", port.text()},
                                                        {"goos", port.goos},
                                                        {"goarch", port.goarch},
                                                        {"static", compiler.is_static ? "--static" : ""}});
  }
  Words sysroots, others;
  for (const std::string& each : compiler.libraries) {
    if (!compiler.sysroot.empty() && each.starts_with(compiler.sysroot + "/")) {
      sysroots.push_back(each);
    } else if (is_of_target(each, compiler)) {
      others.push_back(each);
    }
  }
  const bool whole =
      compiler.sysroot_use == SysrootUse::instead || compiler.sysroot_use == SysrootUse::forced;
  if (whole) others.clear();
  sysroots = package_directories(sysroots, compiler);
  others = package_directories(others, compiler);
  Words roots, looked_in = sysroots;
  looked_in.insert(looked_in.end(), others.begin(), others.end());
  if (!compiler.sysroot.empty()) roots.emplace_back("sysroot");
  if (!whole) roots.emplace_back("compiler");
  return filled(embedded::c_tools_pkg_config_sh,
                {{"port", port.text()},
                 {"goos", port.goos},
                 {"goarch", port.goarch},
                 {"roots", shell_quoted(join(roots, " "))},
                 {"static", compiler.is_static ? "--static" : ""},
                 {"sysroot", shell_quoted(compiler.sysroot)},
                 {"sysroot_directories", shell_quoted(join(sysroots, ":"))},
                 {"directories", shell_quoted(join(others, ":"))},
                 {"looked_in", shell_quoted(looked_in.empty() ? "no directory" : join(looked_in, ", "))}});
}

}  // namespace

std::vector<std::string> c_remarks(const CCompiler& compiler) {
  if (compiler.is_static && compiler.library.starts_with("glibc")) {
    return {
        "static programs with glibc ask NSS for hosts and users, which loads libraries of that very glibc "
        "where "
        "they run: -tags netgo,osusergo has Go do it itself, --cc musl is wholly static"};
  }
  if (compiler.kind == CKind::mingw && !compiler.is_static) {
    return {
        "programs for windows whose C++ or C needs it take libstdc++-6.dll, libgcc_s_seh-1.dll and their "
        "like "
        "along: --static links them in"};
  }
  return {};
}

std::string c_option_words(const Port& port, const CCompiler& compiler, const Port& hosted_on) {
  std::string words = " --cgo";
  const bool by_kind = is_named_by_kind(compiler.cc, compiler.kind, port, hosted_on);
  if (!by_kind || usual_c_kind(port) != compiler.kind)
    words += " --cc " + (by_kind ? gostrap::text(compiler.kind) : as_word(compiler.cc));
  if (!compiler.sysroot.empty()) words += " --sysroot " + as_word(compiler.sysroot);
  if (compiler.is_static) words += " --static";
  return words;
}

std::string c_build_words(const Port& port, const CCompiler& compiler, const Port& hosted_on) {
  return "gostrap build " + port.text() + c_option_words(port, compiler, hosted_on);
}

std::vector<AddedFile> c_tools(const Port& port, const Port& hosted_on, const CCompiler& compiler) {
  const std::string bin = "bin/";
  std::vector<AddedFile> files{
      {bin + tool(port, "cc"), compiler_script(port, hosted_on, compiler, false), true}};
  files.push_back({bin + tool(port, "cxx"),
                   compiler.cxx.empty() ? no_cxx_script(port, hosted_on, compiler)
                                        : compiler_script(port, hosted_on, compiler, true),
                   true});
  if (!compiler.ar.empty()) {
    files.push_back(
        {bin + tool(port, "ar"),
         filled(embedded::c_tools_ar_sh, {{"port", port.text()}, {"ar", shell_quoted(compiler.ar)}}), true});
  }
  files.push_back({bin + tool(port, "pkg_config"), pkg_config_script(port, hosted_on, compiler), true});
  return files;
}

std::map<std::string, std::string> c_settings(const Port& port, const CCompiler& compiler) {
  std::map<std::string, std::string> settings{{"CGO_ENABLED", "1"},
                                              {"CC", tool(port, "cc")},
                                              {"CXX", tool(port, "cxx")},
                                              {"PKG_CONFIG", tool(port, "pkg_config")}};
  if (!compiler.ar.empty()) settings["AR"] = tool(port, "ar");
  return settings;
}

std::string c_launcher_lines(const Port& port, const Port& hosted_on, const CCompiler& compiler) {
  const auto settings = c_settings(port, compiler);
  const std::string tools = "if [ \"${1-}\" = tool ]; then gostrap_c=''; fi\n";
  return filled(embedded::c_tools_launcher_sh, {{"port", port.text()},
                                                {"goos", port.goos},
                                                {"goarch", port.goarch},
                                                {"tool", port == hosted_on ? "" : tools},
                                                {"ar", settings.contains("AR") ? settings.at("AR") : "ar"},
                                                {"cc", settings.at("CC")},
                                                {"cxx", settings.at("CXX")},
                                                {"pkg_config", settings.at("PKG_CONFIG")}});
}

}  // namespace gostrap
