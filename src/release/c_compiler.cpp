#include "release/c_compiler.hpp"

#include "support/strings.hpp"
#include "support/words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

namespace gostrap {
namespace {

constexpr std::array kinds{Word{CKind::gcc, "gcc"}, Word{CKind::clang, "clang"}, Word{CKind::musl, "musl"},
                           Word{CKind::mingw, "mingw"}};
constexpr std::array sysroot_uses{Word{SysrootUse::none, "none"}, Word{SysrootUse::own, "own"},
                                  Word{SysrootUse::beside, "beside"}, Word{SysrootUse::instead, "instead"},
                                  Word{SysrootUse::forced, "forced"}};

struct TargetOfPort {
  const char *goos, *goarch;
  const char* debian;    ///< Debian's name of the target
  const char* machines;  ///< what a target may begin with, each with a blank on both sides
};

constexpr std::array targets{
    TargetOfPort{"linux", "386", "i686-linux-gnu", " i386 i486 i586 i686 "},
    TargetOfPort{"linux", "amd64", "x86_64-linux-gnu", " x86_64 "},
    TargetOfPort{"linux", "arm", "arm-linux-gnueabihf", " arm armv6 armv6l armv7 armv7a armv7l "},
    TargetOfPort{"linux", "arm64", "aarch64-linux-gnu", " aarch64 arm64 "},
    TargetOfPort{"linux", "loong64", "loongarch64-linux-gnu", " loongarch64 "},
    TargetOfPort{"linux", "mips", "mips-linux-gnu", " mips "},
    TargetOfPort{"linux", "mips64", "mips64-linux-gnuabi64", " mips64 "},
    TargetOfPort{"linux", "mips64le", "mips64el-linux-gnuabi64", " mips64el "},
    TargetOfPort{"linux", "mipsle", "mipsel-linux-gnu", " mipsel "},
    TargetOfPort{"linux", "ppc64", "powerpc64-linux-gnu", " powerpc64 ppc64 "},
    TargetOfPort{"linux", "ppc64le", "powerpc64le-linux-gnu", " powerpc64le ppc64le "},
    TargetOfPort{"linux", "riscv64", "riscv64-linux-gnu", " riscv64 riscv64gc "},
    TargetOfPort{"linux", "s390x", "s390x-linux-gnu", " s390x "},
    TargetOfPort{"windows", "386", "i686-w64-mingw32", " i386 i686 "},
    TargetOfPort{"windows", "amd64", "x86_64-w64-mingw32", " x86_64 "},
    TargetOfPort{"windows", "arm64", "", " aarch64 "},
    TargetOfPort{"darwin", "amd64", "", " x86_64 x86_64h "},
    TargetOfPort{"darwin", "arm64", "", " aarch64 arm64 arm64e "},
    TargetOfPort{"freebsd", "amd64", "", " x86_64 amd64 "},
    TargetOfPort{"freebsd", "arm64", "", " aarch64 "},
};

bool is_system(std::string_view goos, const std::string& target) {
  const auto has = [&](const char* word) { return target.find(word) != std::string::npos; };
  if (goos == "linux") return has("-linux") && !has("android");
  if (goos == "windows") return has("-mingw") || has("-windows");
  return has(("-" + std::string(goos)).c_str());
}

/// Words of a compiler about itself, and places of this machine: they stand in scripts and on terminals.
bool is_plain(const std::string& word) {
  constexpr std::size_t longest = 1024;
  return word.size() <= longest && std::none_of(word.begin(), word.end(), [](char each) {
           return static_cast<unsigned char>(each) < ' ' || each == '\x7f';
         });
}

std::string plain_in(const JsonView& json) {
  const std::string word = json.string();
  if (!is_plain(word)) json.refuse("it should be one short line");
  return word;
}

/// A file or directory that is opened or searched later on.
std::string place_in(const JsonView& json) {
  const std::string word = plain_in(json);
  if (word.empty() || word.front() != '/') json.refuse("it should be an absolute path");
  const std::string plain = std::filesystem::path(word).lexically_normal().string() + "/";
  for (const char* const special : {"/proc/", "/dev/", "/sys/"}) {
    if (plain.starts_with(special) && !plain.starts_with("/dev/shm/"))
      json.refuse("a compiler has nothing below " + std::string(special));
  }
  return word;
}

std::string optional_place_in(const JsonView& json) {
  return json.string().empty() ? std::string() : place_in(json);
}

std::vector<std::string> places_in(const JsonView& json) {
  std::vector<std::string> places;
  for (const JsonView& each : json.items()) places.push_back(place_in(each));
  return places;
}

template <class Table>
auto word_value(const Table& table, const JsonView& json) {
  const auto value = value_of(table, json.string());
  if (!value) json.refuse("there is no \"" + json.string() + "\"");
  return *value;
}

CPart part_in(const JsonView& json) {
  CPart part;
  part.name = plain_in(json.at("name"));
  part.path = place_in(json.at("path"));
  if (std::filesystem::path(part.path).lexically_normal().string() != part.path)
    json.at("path").refuse("it should be without detours");
  const auto digest = digest_in_hex(json.string("sha256"));
  if (!digest) json.at("sha256").refuse("it should be a SHA-256 in hexadecimal");
  part.sha256 = *digest;
  if (!json.at("size").raw().is_number_unsigned()) json.at("size").refuse("it should be a number of bytes");
  part.size = json.at("size").raw().get<std::uint64_t>();
  return part;
}

}  // namespace

std::string text(CKind kind) {
  return word_of(kinds, kind);
}

std::optional<CKind> c_kind(const std::string& word) {
  return value_of(kinds, word);
}

std::vector<std::string> c_kinds() {
  std::vector<std::string> words;
  for (const auto& [kind, word] : kinds) words.emplace_back(word);
  return words;
}

/// What cmd/go takes for a version begins with a digit.
std::string CCompiler::number() const {
  std::string number = "1";
  for (const std::string_view word : split(version, " ")) {
    const bool plain = std::all_of(word.begin(), word.end(), [](unsigned char each) {
      return std::isalnum(each) != 0 || each == '.' || each == '-';
    });
    if (!word.empty() && plain && std::isdigit(static_cast<unsigned char>(word.front())) != 0) number = word;
  }
  return number;
}

std::string CCompiler::text() const {
  return cc + " " + number() + ", " + library + (is_static ? ", static" : "") +
         (sysroot.empty() ? "" : ", sysroot " + sysroot);
}

std::string CCompiler::identity() const {
  std::string all = target + "\n" + version + "\n" + library + (is_static ? "\nstatic" : "") + "\n";
  if (!sysroot.empty()) all += word_of(sysroot_uses, sysroot_use) + " " + sysroot + "\n";
  for (const CPart& part : parts) {
    if (!part.name.starts_with(own_library_prefix)) all += part.name + " " + hex(part.sha256) + "\n";
  }
  return hex(sha256(all)).substr(0, 32);
}

std::optional<Port> port_of_target(const std::string& target) {
  const std::string machine = " " + target.substr(0, target.find('-')) + " ";
  for (const TargetOfPort& each : targets) {
    if (is_system(each.goos, target) &&
        std::string_view(each.machines).find(machine) != std::string_view::npos)
      return Port{each.goos, each.goarch};
  }
  return std::nullopt;
}

std::string debian_target(const Port& port) {
  for (const TargetOfPort& each : targets) {
    if (port == Port{each.goos, each.goarch}) return each.debian;
  }
  return {};
}

Json to_json(const CCompiler& compiler) {
  Json json = Json::object();
  json["kind"] = text(compiler.kind);
  json["target"] = compiler.target;
  json["version"] = compiler.version;
  json["library"] = compiler.library;
  json["static"] = compiler.is_static;
  json["staticPie"] = compiler.static_pie;
  json["cc"] = compiler.cc;
  json["cxx"] = compiler.cxx;
  json["ar"] = compiler.ar;
  json["sysroot"] = compiler.sysroot;
  json["sysrootUse"] = word_of(sysroot_uses, compiler.sysroot_use);
  json["libraryRoot"] = compiler.library_root;
  json["interpreter"] = compiler.interpreter;
  json["headers"] = compiler.headers;
  json["cxxHeaders"] = compiler.cxx_headers;
  json["libraries"] = compiler.libraries;
  json["packages"] = compiler.packages;
  json["parts"] = Json::array();
  for (const CPart& part : compiler.parts) {
    Json each = Json::object();
    each["name"] = part.name;
    each["path"] = part.path;
    each["sha256"] = hex(part.sha256);
    each["size"] = part.size;
    json["parts"].push_back(std::move(each));
  }
  return json;
}

CCompiler c_compiler_from_json(const JsonView& json) {
  CCompiler compiler;
  compiler.kind = word_value(kinds, json.at("kind"));
  compiler.target = plain_in(json.at("target"));
  if (!port_of_target(compiler.target)) json.at("target").refuse("no port of Go has that target");
  compiler.version = plain_in(json.at("version"));
  compiler.library = plain_in(json.at("library"));
  compiler.is_static = json.at("static").truth();
  compiler.static_pie = json.at("staticPie").truth();
  compiler.cc = place_in(json.at("cc"));
  compiler.cxx = optional_place_in(json.at("cxx"));
  compiler.ar = optional_place_in(json.at("ar"));
  compiler.sysroot = optional_place_in(json.at("sysroot"));
  compiler.sysroot_use = word_value(sysroot_uses, json.at("sysrootUse"));
  const bool without = compiler.sysroot_use == SysrootUse::none || compiler.sysroot_use == SysrootUse::own;
  if (compiler.sysroot.empty() != without) json.at("sysrootUse").refuse("it does not agree with the sysroot");
  compiler.library_root = optional_place_in(json.at("libraryRoot"));
  compiler.interpreter = optional_place_in(json.at("interpreter"));
  compiler.headers = places_in(json.at("headers"));
  compiler.cxx_headers = places_in(json.at("cxxHeaders"));
  compiler.libraries = places_in(json.at("libraries"));
  for (const auto& [name, version] : json.at("packages").members()) {
    if (!is_plain(name)) version.refuse("its name should be one short line");
    compiler.packages[name] = plain_in(version);
  }
  constexpr std::size_t most_parts = 300;
  for (const JsonView& part : json.at("parts").items()) compiler.parts.push_back(part_in(part));
  if (compiler.parts.size() > most_parts) json.at("parts").refuse("no compiler has so many parts");
  return compiler;
}

}  // namespace gostrap
