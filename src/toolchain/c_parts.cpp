#include "toolchain/c_parts.hpp"

#include "program/read_program.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {
namespace {

constexpr const char* dpkg_database = "/var/lib/dpkg/status";

}  // namespace

void PartList::add(const std::string& name, const fs::path& place) {
  std::error_code failed;
  const fs::path file = fs::canonical(place, failed);
  if (failed || !fs::is_regular_file(file, failed)) return;
  const auto same = [&](const CPart& each) { return each.path == file.string(); };
  if (std::any_of(parts_.begin(), parts_.end(), same)) return;
  parts_.push_back({name, file.string(), sha256_file(file), fs::file_size(file)});
}

std::vector<std::string> linked_files(const std::vector<std::string>& trace, const fs::path& work) {
  std::vector<std::string> files;
  for (const std::string& line : trace) {
    // of an archive's member some linkers say "(libc.a)exit.o", others "libc.a(exit.o)"
    std::string place = line;
    if (place.starts_with("(")) place = place.substr(1, place.find(')') - 1);
    if (const std::size_t member = place.find('('); member != std::string::npos) place.resize(member);
    std::error_code failed;
    const fs::path file = fs::canonical(place, failed);
    if (failed || !place.starts_with("/") || !fs::is_regular_file(file, failed)) continue;
    if (file.string().starts_with(fs::canonical(work).string() + "/")) continue;
    if (std::find(files.begin(), files.end(), file.string()) == files.end()) files.push_back(file.string());
  }
  return files;
}

std::vector<std::string> own_libraries(const fs::path& program) {
  std::vector<std::string> libraries;
  if (program_file_format(program) != "ELF" || program.string().find(".so") != std::string::npos)
    return libraries;
  const Environment environment{{"PATH", environment_value("PATH").value_or("/usr/bin:/bin")},
                                {"LC_ALL", "C"}};
  const std::string said = output_of({"ldd", program.string()}, environment).value_or("");
  for (const std::string_view line : lines_of(said)) {
    const std::size_t arrow = line.find(" => /");
    if (arrow == std::string_view::npos) continue;
    const std::string_view place = line.substr(arrow + 4);
    const std::string path(place.substr(0, place.find(' ')));
    const std::string name = fs::path(path).filename().string();
    for (const char* const start :
         {"libLLVM", "libclang", "libbfd", "libopcodes", "libctf", "libsframe", "liblld"}) {
      if (name.starts_with(start)) libraries.push_back(path);
    }
  }
  return libraries;
}

std::map<std::string, std::string> packages_of(const std::vector<CPart>& parts) {
  std::map<std::string, std::string> packages;
  if (!fs::exists(dpkg_database) || !find_program("dpkg-query")) return packages;
  std::vector<std::string> argv{"dpkg-query", "--search"};
  for (const CPart& part : parts) argv.push_back(part.path);
  const Environment environment{{"PATH", environment_value("PATH").value_or("/usr/bin:/bin")},
                                {"LC_ALL", "C"}};
  std::string names;
  Command search;
  search.argv = argv;
  search.environment = environment;
  search.on_line = [&](std::string_view line) {
    // "libc6-dev-arm64-cross: /usr/aarch64-linux-gnu/lib/libc.a"; what no package has is told otherwise
    const std::size_t end = line.find(": /");
    if (end != std::string_view::npos && line.find(' ') > end) append(names, "\n", line.substr(0, end));
  };
  run(search);  // it fails where one of the files is in no package
  std::vector<std::string> show{"dpkg-query", "--show", "--showformat=${Package} ${Version}\\n"};
  for (const std::string_view name : lines_of(names)) {
    if (std::find(show.begin(), show.end(), name) == show.end()) show.emplace_back(name);
  }
  constexpr std::size_t without_names = 3;
  if (show.size() == without_names) return packages;
  const std::string shown = output_of(show, environment).value_or("");
  for (const std::string_view line : lines_of(shown)) {
    if (const std::size_t blank = line.find(' '); blank != std::string_view::npos)
      packages[std::string(line.substr(0, blank))] = std::string(line.substr(blank + 1));
  }
  return packages;
}

std::vector<std::string> changed_parts(const CCompiler& compiler, Compare compare) {
  // several SDKs are bound to the same
  static std::map<std::string, std::pair<fs::file_time_type, Digest>> known;
  const auto digest = [](const std::string& path) {
    const fs::file_time_type written = fs::last_write_time(path);
    auto& [when, what] = known[path];
    if (when != written) what = sha256_file(path), when = written;
    return what;
  };
  std::vector<std::string> changed;
  for (const CPart& part : compiler.parts) {
    std::error_code failed;
    const bool same = fs::is_regular_file(part.path, failed) &&
                      fs::file_size(part.path, failed) == part.size &&
                      (compare == Compare::sizes || digest(part.path) == part.sha256);
    if (!same) changed.push_back(part.name);
  }
  return changed;
}

}  // namespace gostrap
