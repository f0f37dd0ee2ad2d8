#include "build/make.hpp"

#include "sdk/layout.hpp"
#include "support/files.hpp"
#include "toolchain/packing.hpp"

#include <nlohmann/json.hpp>
#include <sys/utsname.h>

#include <chrono>
#include <ctime>
#include <thread>

namespace gostrap {
namespace {

Json to_json(const BuildRun& run) {
  Json json = Json::object();
  json["command"] = run.argv;
  json["environment"] = Json::object();
  for (const auto& [name, value] : run.environment) json["environment"][name] = value;
  json["seconds"] = run.seconds;
  json["cpuSeconds"] = run.cpu_seconds;
  json["peakMemory"] = run.peak_memory;
  json["withoutNetwork"] = run.network_cut;
  return json;
}

Json making(const BuildRun& run) {
  Json json = Json::object();
  if (!run.argv.empty()) json["run"] = to_json(run);
  return json;
}

void note_network(const BuildRun& run, Progress& progress) {
  if (run.argv.empty() || run.network_cut) return;
  progress.note(
      "The kernel gave no network namespace, so the build could have reached the network (user namespaces "
      "are off).");
}

Manifest manifest_of(OutputKind kind, const Release& release, const Port& hosted_on) {
  Manifest manifest;
  manifest.kind = kind;
  manifest.release = release.version.text();
  manifest.commit = release.commit;
  manifest.source = release.source;
  manifest.hosted_on = hosted_on;
  manifest.port = hosted_on;
  return manifest;
}

void seal(const fs::path& output, Manifest manifest, Progress& progress) {
  progress.phase("Hashing and sealing");
  finish_output(output, std::move(manifest));
}

}  // namespace

Json provenance_head() {
  Json json = Json::object();
  json["gostrap"] = GOSTRAP_VERSION;
  const std::time_t now = std::time(nullptr);
  std::array<char, 32> made{};
  std::tm utc = {};
  ::gmtime_r(&now, &utc);
  std::strftime(made.data(), made.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  json["made"] = made.data();
  utsname name = {};
  ::uname(&name);
  json["machine"] = Json::object();
  json["machine"]["system"] = std::string(name.sysname) + " " + name.release;
  json["machine"]["architecture"] = name.machine;
  json["machine"]["processors"] = std::thread::hardware_concurrency();
  return json;
}

Json make_source(const Release& release, const SourceRequest& request, const fs::path& output,
                 Progress& progress) {
  const SourceReceipt receipt = obtain_source(release, request, output, progress);
  seal_tree(output);
  Json json = Json::object();
  json["origin"] = receipt.origin;
  json["kind"] = receipt.kind;
  json["nar"] = receipt.nar;
  if (!receipt.commit.empty()) json["commit"] = receipt.commit;
  return json;
}

Json make_host(const Release& release, const fs::path& source, const Bootstrap& bootstrap,
               const BuildOptions& options, const fs::path& output, Progress& progress) {
  progress.phase("Checking the source against its pin");
  check_source(release, source);
  const BuildRun run = build_host(release, source, bootstrap, options, goroot_of(output), progress);
  note_network(run, progress);
  build_distpack(release, goroot_of(output), options, output / packer_place, progress);
  seal(output, manifest_of(OutputKind::toolchain, release, own_port()), progress);
  Json json = making(run);
  json["bootstrap"] = bootstrap.description;
  return json;
}

Json make_toolchain(const Release& release, const Port& port, bool reference, const fs::path& host,
                    const BuildOptions& options, const fs::path& output, Progress& progress) {
  release.require(port);
  const auto build = reference ? build_port_reference : build_port;
  const BuildRun run = build(release, port, goroot_of(host), options, goroot_of(output), progress);
  note_network(run, progress);
  seal(output, manifest_of(OutputKind::toolchain, release, port), progress);
  return making(run);
}

Json make_sdk_output(const Release& release, const Port& port, const fs::path& host,
                     const BuildOptions& options, const fs::path& output, Progress& progress) {
  progress.phase("Laying out the SDK for " + port.text());
  make_sdk(release, port, host, options.place, output);
  return Json::object();
}

Json make_archives(const Release& release, const Port& port, const fs::path& host, const fs::path& toolchain,
                   const BuildOptions& options, const fs::path& output, Progress& progress) {
  release.require(port);
  fs::path packer = host / packer_place;
  if (!fs::exists(packer)) {
    packer = options.work / "distpack";  // somebody else's host toolchain
    build_distpack(release, goroot_of(host), options, packer, progress);
  }
  const BuildRun run = build_archives(release, port, packer, goroot_of(toolchain), options, output, progress);
  seal(output, manifest_of(OutputKind::archives, release, port), progress);
  return making(run);
}

}  // namespace gostrap
