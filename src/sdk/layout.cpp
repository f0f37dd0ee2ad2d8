#include "sdk/layout.hpp"

#include "sdk/exec_wrapper.hpp"
#include "support/error.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {
namespace {

void link_to(const fs::path& target, const fs::path& link) {
  make_directories(link.parent_path());
  fs::create_symlink(target, link);
}

}  // namespace

fs::path upstream_go_env(const fs::path& output) {
  return output / "share" / "gostrap" / "upstream-go.env";
}

void finish_output(const fs::path& output, Manifest manifest) {
  if (manifest.kind != OutputKind::archives) {
    const std::string exe = manifest.hosted_on.goos == "windows" ? ".exe" : "";
    for (const std::string name : {"go", "gofmt"}) {
      link_to("../share/go/bin/" + name + exe, output / "bin" / (name + exe));
    }
    link_to("share/go", output / "go");
    link_to("share/go", output / "GOROOT");
  }
  record_contents(output, manifest);
  make_directories(manifest_path(output).parent_path());
  create_file(manifest_path(output), to_text(to_json(manifest)));
  seal_tree(output);
}

std::string sdk_go_env(const std::string& toolchain_go_env, const Port& port) {
  std::string text;
  for (std::size_t start = 0; start < toolchain_go_env.size();) {
    const std::size_t end = std::min(toolchain_go_env.find('\n', start), toolchain_go_env.size());
    const std::string line = toolchain_go_env.substr(start, end - start);
    if (line.compare(0, 12, "GOTOOLCHAIN=") != 0) text += line + "\n";
    start = end + 1;
  }
  text +=
      "\n# This SDK targets " + port.text() + " by default and never replaces itself by another toolchain.\n";
  text += "GOTOOLCHAIN=local\nGOOS=" + port.goos + "\nGOARCH=" + port.goarch + "\n";
  return text;
}

void make_sdk(const Release& release, const Port& port, const fs::path& host, Place how,
              const fs::path& output) {
  release.require(port);
  const Manifest toolchain = read_manifest(host);
  if (toolchain.kind != OutputKind::toolchain || toolchain.release != release.version.text()) {
    throw Error("make an SDK of " + release.name() + " from " + host.string(),
                "that is a " + text(toolchain.kind) + " of go" + toolchain.release,
                "Name a host toolchain, as `gostrap host` makes it.");
  }
  const fs::path goroot = goroot_of(output);
  make_directories(goroot.parent_path());
  place_tree(goroot_of(host), goroot, how, [](const std::string& path) { return path != "go.env"; });
  const std::string go_env = read_file(goroot_of(host) / "go.env");
  create_file(goroot / "go.env", sdk_go_env(go_env, port));
  make_directories(output / "bin");
  make_directories(upstream_go_env(output).parent_path());
  create_file(upstream_go_env(output), go_env);
  for (const WrapperFile& file : exec_wrapper(port, toolchain.hosted_on, release.version)) {
    create_file(output / file.path, file.text, file.executable);
  }

  Manifest manifest = toolchain;
  manifest.kind = OutputKind::sdk;
  manifest.port = port;
  manifest.differences = {"go.env"};
  finish_output(output, std::move(manifest));
}

}  // namespace gostrap
