#include "toolchain/c_words.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace gostrap {
namespace {

using Words = std::vector<std::string>;

bool lies_below(const std::string& place, const std::string& directory) {
  return !directory.empty() && place.starts_with(directory + "/");
}

/// Debug information names headers by the directory in which the compiler has found them.
void map_headers(const CCompiler& compiler, const Words& headers, Words& words) {
  std::set<std::string> all(headers.begin(), headers.end());
  if (!compiler.sysroot.empty()) words.push_back("-ffile-prefix-map=" + compiler.sysroot + "=/c/sysroot");
  Words sorted;
  for (const std::string& each : all) {
    if (!lies_below(each, compiler.sysroot)) sorted.push_back(each);
  }
  // of several that fit, the compiler takes the last
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
  for (const std::string& each : sorted) words.push_back("-ffile-prefix-map=" + each + "=/c/include");
}

void look_in(const CCompiler& compiler, const Words& headers, bool cxx, Words& words) {
  const auto is_hosts = [](const std::string& place) {
    return std::filesystem::path(place).lexically_normal() == "/usr/include";
  };
  const SysrootUse use = compiler.sysroot_use;
  const bool without_host = std::none_of(headers.begin(), headers.end(), is_hosts);
  const bool forced =
      use == SysrootUse::forced || use == SysrootUse::own || (use == SysrootUse::beside && without_host);
  if (!forced && use != SysrootUse::beside) return;
  if (forced && cxx) words.emplace_back("-nostdinc++");
  if (forced) words.emplace_back("-nostdinc");
  for (const std::string& each : headers) {
    if (!forced && !lies_below(each, compiler.sysroot)) continue;
    words.emplace_back("-isystem");
    words.push_back(each);
  }
}

}  // namespace

CWords c_words(const CCompiler& compiler) {
  CWords words;
  Words common;
  const bool clang = compiler.kind == CKind::clang;
  if (clang) common.push_back("--target=" + compiler.target);
  const SysrootUse use = compiler.sysroot_use;
  if (use == SysrootUse::instead || use == SysrootUse::forced) {
    common.push_back("--sysroot=" + compiler.sysroot);
    if (clang) common.emplace_back("--gcc-toolchain=/usr");
  }
  if (!clang) common.emplace_back("-gno-record-gcc-switches");
  words.c = words.cxx = common;
  look_in(compiler, compiler.headers, false, words.c);
  look_in(compiler, compiler.cxx_headers, true, words.cxx);
  map_headers(compiler, compiler.headers, words.c);
  map_headers(compiler, compiler.cxx_headers, words.cxx);
  for (const std::string& each : compiler.libraries) {
    if (!lies_below(each, compiler.sysroot)) continue;
    if (use == SysrootUse::forced) words.link.push_back("-B" + each + "/");
    words.link.push_back("-L" + each);
    if (compiler.kind != CKind::mingw) words.link.push_back("-Wl,-rpath-link," + each);
  }
  if (compiler.kind == CKind::mingw) words.link.emplace_back("-Wl,--no-insert-timestamp");
  return words;
}

}  // namespace gostrap
