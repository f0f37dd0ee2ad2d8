#include "image/app.hpp"

#include "program/read_program.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/strings.hpp"
#include "support/time.hpp"

#include <cctype>

namespace gostrap {
namespace {

constexpr std::string_view nobody = "65534:65534";  // by number: there is no passwd to look a name up in

[[noreturn]] void refuse(const fs::path& program, const std::string& why, const std::string& next = {}) {
  throw Error("make an image of " + program.string(), why, next);
}

/// Of a program that a container can run with nothing else in it.
ProgramFacts facts_alone(const fs::path& program) {
  const std::string_view format = program_file_format(program);
  if (format == "WebAssembly") return read_program_file(program);
  if (format != "ELF") {
    refuse(program, "it is neither ELF nor wasm: an image from nothing takes programs of linux and wasip1",
           "Programs of windows need one of Microsoft's base images, and those of darwin run in none.");
  }
  ProgramFacts facts = read_program_file(program);
  if (facts.cut_short) refuse(program, "it is cut short: parts of the program are missing");
  if (!facts.startable) refuse(program, "it is ELF, but no program: an object file or a library");
  if (!facts.is_static()) {
    std::string needs = facts.interpreter;
    for (const std::string& each : facts.needed) append(needs, ", ", each);
    refuse(program, "it is dynamic and needs " + needs + ", which an image from nothing has not",
           "Build it static: CGO_ENABLED=0 go build (-buildmode=pie makes it dynamic where Go links it so).");
  }
  if (facts.goarch.empty()) refuse(program, "its machine is none that Go has");
  return facts;
}

/// What the program runs on, as it says of itself.
Port port_of(const fs::path& program, const std::string& goarch, const std::string& goos) {
  if (goarch == "wasm") {
    if (goos == "js")
      refuse(program, "it is for js/wasm, which runs in a page or in node", "Build it with GOOS=wasip1.");
    return {"wasip1", "wasm"};
  }
  if (!goos.empty() && goos != "linux")
    refuse(program, "it is for " + goos + ", and containers run programs of linux");
  return {"linux", goarch};
}

std::string variant_of(const Port& port, const BuildInfo& build, const std::string& named) {
  const std::string goarm = port.goarch == "arm" ? build.setting("GOARM") : "";
  return goarm.empty() ? named : "v" + goarm.substr(0, 1);
}

/// When its commit was made, as the go command stamps it; else the epoch.
std::int64_t created_of(const BuildInfo& build) {
  return parse_utc(build.setting("vcs.time")).value_or(Time()).time_since_epoch().count();
}

}  // namespace

NamedProgram named_program(const std::string& word, const std::optional<std::string>& port) {
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos || fs::exists(word))
    return {word, port ? std::optional(parse_port(*port)) : std::nullopt};
  return {word.substr(equals + 1), parse_port(word.substr(0, equals))};
}

std::string default_tag(const fs::path& program) {
  std::string tag;
  for (const char each : program.filename().string()) {
    const auto byte = static_cast<unsigned char>(each);
    if (std::isalnum(byte) != 0) tag += static_cast<char>(std::tolower(byte));
    if (std::isalnum(byte) == 0 && !tag.empty() && tag.back() != '-') tag += '-';
  }
  while (!tag.empty() && tag.back() == '-') tag.pop_back();
  return (tag.empty() ? "app" : tag) + ":latest";
}

PlatformImage write_app_image(const fs::path& layout, const fs::path& program,
                              const std::optional<Port>& port, const ImageOptions& options) {
  const ProgramFacts facts = facts_alone(program);
  const BuildInfo build = facts.build.value_or(BuildInfo{});
  const Port own = port_of(program, facts.goarch, build.setting("GOOS"));
  if (port && *port != own) refuse(program, "it is for " + own.text() + ", not for " + port->text());

  ImageSettings image;
  image.platform = {own, variant_of(own, build, options.variant)};
  image.created = options.created.value_or(created_of(build));
  image.user = options.user.empty() ? nobody : options.user;
  image.directory = "/";
  image.annotations = options.annotations;
  image.annotations.emplace("org.opencontainers.image.title", program.filename().string());
  image.annotations.emplace("org.opencontainers.image.created", rfc3339(image.created));
  const std::string revision = build.setting("vcs.revision");
  if (!revision.empty()) image.annotations.emplace("org.opencontainers.image.revision", revision);
  const std::string name = program.filename().string();
  image.entrypoint = {"/" + name};

  std::vector<Layer> layers;
  if (own.goos == "linux") {
    const bool certificates = options.certificates.has_value();
    if (certificates) image.environment = {"SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"};
    layers.push_back(
        write_layer(layout, options.compression, 0,
                    certificates ? "gostrap: /tmp and certificates" : "gostrap: /tmp", [&](TarWriter& tar) {
                      if (certificates) {
                        for (const char* each : {"etc", "etc/ssl", "etc/ssl/certs"}) tar.directory(each);
                        tar.file_from("etc/ssl/certs/ca-certificates.crt", *options.certificates, 0644);
                      }
                      tar.directory("tmp", 01777);  // os.CreateTemp, for whatever user
                    }));
  }
  layers.push_back(write_layer(layout, options.compression, image.created, "gostrap: /" + name,
                               [&](TarWriter& tar) { tar.file_from(name, program, 0755); }));
  return {image.platform, write_image(layout, image, layers)};
}

}  // namespace gostrap
