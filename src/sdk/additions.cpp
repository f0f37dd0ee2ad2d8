#include "sdk/additions.hpp"

#include "sdk/c_tools.hpp"
#include "sdk/launcher.hpp"

#include <iterator>

namespace gostrap {
namespace {

/// Whether bin/go is a script: Windows starts none.
bool has_launcher(const Port& hosted_on, int layout) {
  return layout >= 2 && hosted_on.goos != "windows";
}

}  // namespace

std::vector<AddedFile> output_links(Kind kind, const Port& hosted_on, int layout) {
  if (!facts_of(kind).has_goroot) return {};
  const std::string exe = hosted_on.goos == "windows" ? ".exe" : "";
  std::vector<AddedFile> links{{"GOROOT", "share/go", false, true}, {"go", "share/go", false, true}};
  for (const std::string name : {"go", "gofmt"}) {
    if (name == "go" && kind == Kind::sdk && has_launcher(hosted_on, layout)) continue;
    links.push_back({"bin/" + name + exe, "../share/go/bin/" + name + exe, false, true});
  }
  return links;
}

std::vector<AddedFile> added_files(const Port& port, const Port& hosted_on, const Version& version,
                                   const Profile& profile, int layout) {
  std::vector<AddedFile> files = output_links(Kind::sdk, hosted_on, layout);
  const CCompiler* const compiler = profile.c ? &*profile.c : nullptr;
  const auto add = [&](std::vector<AddedFile> more) {
    std::move(more.begin(), more.end(), std::back_inserter(files));
  };
  if (has_launcher(hosted_on, layout)) {
    const std::string c_lines = compiler != nullptr ? c_launcher_lines(port, hosted_on, *compiler) : "";
    add({{"bin/go", launcher(port, profile.settings, c_lines), true}});
  }
  add(exec_wrapper(port, hosted_on, version, layout, compiler));
  if (compiler != nullptr) add(c_tools(port, hosted_on, *compiler));
  return files;
}

}  // namespace gostrap
