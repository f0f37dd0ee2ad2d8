#include "sdk/additions.hpp"

#include "sdk/launcher.hpp"

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
                                   const std::map<std::string, std::string>& settings, int layout) {
  std::vector<AddedFile> files = output_links(Kind::sdk, hosted_on, layout);
  if (has_launcher(hosted_on, layout)) files.push_back({"bin/go", launcher(port, settings), true});
  for (AddedFile& file : exec_wrapper(port, hosted_on, version, layout)) files.push_back(std::move(file));
  return files;
}

}  // namespace gostrap
