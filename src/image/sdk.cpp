#include "image/sdk.hpp"

#include "sdk/launcher.hpp"
#include "sdk/use.hpp"
#include "seed/seed.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"
#include "support/time.hpp"

namespace gostrap {
namespace {

constexpr const char* std_place = "/usr/local/lib/gostrap-std";

/// The date of the release: the second line of its VERSION, "time 2025-05-29T19:37:36Z" (Go 1.21 and newer).
std::int64_t date_of(const fs::path& goroot) {
  const std::string text = read_file(goroot / "VERSION", 4096);
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with("time "))
      return parse_utc(line.substr(5)).value_or(Time()).time_since_epoch().count();
  }
  return 0;
}

void put_surroundings(TarWriter& tar, const ImageOptions& options) {
  tar.directory("etc");
  tar.file("etc/group", "root:x:0:\nnogroup:x:65534:\n");
  tar.file("etc/passwd",
           "root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/tmp:/sbin/nologin\n");
  if (options.certificates) {
    tar.directory("etc/ssl");
    tar.directory("etc/ssl/certs");
    tar.file_from("etc/ssl/certs/ca-certificates.crt", *options.certificates, 0644);
  }
  tar.directory("go", 01777);  // GOPATH, for whatever user
  tar.directory("root", 0700);
  tar.directory("tmp", 01777);
  tar.directory("work", 01777);
}

}  // namespace

std::string default_tag(const Manifest& manifest) {
  return "go:" + manifest.release + (manifest.kind == Kind::sdk ? "-" + manifest.port.dashed() : "");
}

std::map<std::string, std::string> sdk_annotations(const Manifest& manifest) {
  std::string title = "Go " + manifest.release;
  title += manifest.kind == Kind::sdk ? " SDK for " + manifest.port.text() : " for " + manifest.port.text();
  return {{"org.opencontainers.image.title", title},
          {"org.opencontainers.image.version", manifest.release},
          {"org.opencontainers.image.revision", manifest.commit},
          {"org.opencontainers.image.source", "https://go.googlesource.com/go"},
          {"org.opencontainers.image.licenses", "BSD-3-Clause"}};
}

PlatformImage write_sdk_image(const fs::path& layout, const PackedSdk& sdk, const ImageOptions& options) {
  const fs::path& output = sdk.output;
  const Manifest& manifest = sdk.manifest;
  if (!facts_of(manifest.kind).has_goroot || manifest.hosted_on.goos != "linux") {
    throw Error("make an image of " + output.string(), "it is " + text(manifest.kind) + " hosted on " +
                                                           manifest.hosted_on.text() +
                                                           ", and containers run programs of linux");
  }
  if (manifest.profile.c) {
    throw Error(
        "make an image of " + output.string(),
        "it compiles C by " + manifest.profile.c->cc + ", which is not part of it",
        "An SDK without --cgo makes one; gostrap image app makes one of a program, static C included.");
  }
  ImageSettings image;
  image.platform = {manifest.hosted_on, ""};
  for (const auto& [name, value] : upstream_settings(manifest.hosted_on)) {
    if (name == "GOARM") image.platform.variant = "v" + value;
  }
  image.created = options.created.value_or(date_of(goroot_of(output)));
  image.user = options.user;
  image.directory = "/work";
  // bin/go of an SDK is a script, and there is no shell: the image sets what it would
  const std::string path =
      "PATH=/usr/local/lib/gostrap/share/go/bin:/usr/local/lib/gostrap/bin:/go/bin:/usr/local/sbin:"
      "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  image.environment = {path, "GOPATH=/go", "GOCACHE=/go/cache", "GOTOOLCHAIN=local", "HOME=/root"};
  if (manifest.kind == Kind::sdk) {
    for (const auto& [name, value] : sdk_defaults(manifest)) image.environment.push_back(name + "=" + value);
  }
  if (sdk.compiled_std)
    image.environment.push_back(std::string(cache_program_variable) + "=" + seed_command(std_place));
  image.command = {"/usr/local/lib/gostrap/share/go/bin/go", "version"};
  image.annotations = options.annotations;
  image.annotations.merge(sdk_annotations(manifest));
  image.annotations.emplace("org.opencontainers.image.created", rfc3339(image.created));
  std::vector<Layer> layers{
      write_layer(layout, options.compression, 0, "gostrap: /etc, /tmp and homes",
                  [&](TarWriter& tar) { put_surroundings(tar, options); }),
      write_layer(layout, options.compression, image.created,
                  "gostrap: go" + manifest.release + " " + manifest.port.text(), [&](TarWriter& tar) {
                    for (const char* each : {"usr", "usr/local"}) tar.directory(each);
                    tar.symlink("usr/local/go", "lib/gostrap/share/go");  // where many look for it
                    tar.directory("usr/local/lib");
                    tar.tree("usr/local/lib/gostrap", output);
                  })};
  if (sdk.compiled_std) {
    layers.push_back(
        write_layer(layout, options.compression, image.created, "gostrap: compiled std",
                    [&](TarWriter& tar) { tar.tree(std::string(std_place).substr(1), *sdk.compiled_std); }));
  }
  return {image.platform, write_image(layout, image, layers)};
}

}  // namespace gostrap
