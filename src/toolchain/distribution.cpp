#include "toolchain/distribution.hpp"

#include "source/canonical.hpp"
#include "support/error.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>

namespace gostrap {
namespace {

constexpr std::array generated_files{
    "src/cmd/cgo/zdefaultcc.go",
    "src/cmd/go/internal/cfg/zdefaultcc.go",
    "src/cmd/go/internal/cfg/zosarch.go",
    "src/cmd/internal/objabi/zbootstrap.go",
    "src/go/build/zcgo.go",
    "src/internal/buildcfg/zbootstrap.go",
    "src/internal/runtime/sys/zversion.go",
    "src/runtime/internal/sys/zversion.go",
    "src/time/tzdata/zzipdata.go",
};

bool is_below(const std::string& path, const std::string& directory) {
  return path.starts_with(directory + "/");
}

/// Everything outside bin and pkg, and pkg/include; not the dist command that make.bash builds in its own
/// source.
bool is_shared_part(const std::string& path) {
  if (path == "bin" || is_below(path, "bin")) return false;
  if (is_below(path, "pkg")) return path == "pkg/include" || is_below(path, "pkg/include");
  return path != "src/cmd/dist/dist" && path != "src/cmd/dist/dist.exe";
}

std::string without_exe(std::string name) {
  if (name.size() > 4 && name.compare(name.size() - 4, 4, ".exe") == 0) name.resize(name.size() - 4);
  return name;
}

void place_program(const fs::path& from, const fs::path& to) {
  place_file(from, to, CopyMode::copy);
  ::chmod(to.c_str(), 0755);
}

}  // namespace

bool is_distributed_tool(const Version& version, const std::string& tool) {
  static constexpr std::array helpers{"api", "dist", "distpack", "metadata"};
  static constexpr std::array builders{"asm", "cgo", "compile", "cover", "fix", "link", "preprofile", "vet"};
  if (version < Version{1, 25, 0, 0}) return std::find(helpers.begin(), helpers.end(), tool) == helpers.end();
  return std::find(builders.begin(), builders.end(), tool) != builders.end();
}

void place_distribution(const BuiltTree& built, const Version& version, const fs::path& shared, CopyMode how,
                        const fs::path& goroot) {
  for (const TreeEntry& entry : list_tree(built.goroot)) {
    if (!entry.path.empty() && !is_shared_part(entry.path)) continue;
    const fs::path from = built.goroot / entry.path;
    const fs::path to = entry.path.empty() ? goroot : goroot / entry.path;
    if (entry.type == TreeEntry::Type::directory) {
      make_directories(to);
      continue;
    }
    if (entry.type == TreeEntry::Type::symlink) {
      throw Error("make a toolchain of " + built.goroot.string(), entry.path + " is a symbolic link",
                  "Go's source has none: the tree was changed.");
    }
    const bool same =
        how == CopyMode::link_if_possible && !shared.empty() && same_file(shared / entry.path, from);
    place_file(same ? shared / entry.path : from, to, how);
    if (!same) ::chmod(to.c_str(), is_executable_in_source(entry.path) ? 0755 : 0644);
  }

  const std::string exe = built.port.goos == "windows" ? ".exe" : "";
  const fs::path programs =
      built.cross ? built.goroot / "bin" / built.port.underscored() : built.goroot / "bin";
  make_directories(goroot / "bin");
  for (const char* name : {"go", "gofmt"})
    place_program(programs / (name + exe), goroot / "bin" / (name + exe));

  const std::string tools = "pkg/tool/" + built.port.underscored();
  make_directories(goroot / tools);
  for (const TreeEntry& entry : list_tree(built.goroot / tools)) {
    if (entry.type != TreeEntry::Type::file || !is_distributed_tool(version, without_exe(entry.path)))
      continue;
    place_program(built.goroot / tools / entry.path, goroot / tools / entry.path);
  }
}

void strip_to_source(const fs::path& goroot) {
  remove_tree(goroot / "bin");
  remove_tree(goroot / "pkg");
  for (const char* file : generated_files) fs::remove(goroot / file);
}

}  // namespace gostrap
