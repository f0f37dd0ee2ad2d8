// gostrap image: SDKs and programs as OCI images.
#include "cli/common_words.hpp"
#include "cli/named_path.hpp"
#include "cli/release_choice.hpp"
#include "cli/safe_streams.hpp"
#include "cli/strangers.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "download/authorities.hpp"
#include "image/app.hpp"
#include "image/make_layout.hpp"
#include "image/sdk.hpp"
#include "seed/seed.hpp"
#include "store/in_use.hpp"
#include "support/output_file.hpp"
#include "support/process.hpp"
#include "support/stage.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <iostream>
#include <map>
#include <optional>

namespace gostrap {
namespace {

struct ImageWords {
  CommonWords common;
  std::optional<std::string> out, tag, compress, ca, user;
  bool no_ca = false;
  std::vector<std::string> annotations;

  void declare(Options& options) {
    common.declare(options);
    options.add("o,out", "the image layout to make: a directory, or a file named *.tar", "DIR|FILE.tar", out);
    options.add("tag",
                "the image's name, as docker and registries have it: [HOST/]PATH[:TAG], such as "
                "ghcr.io/us/server:1.2; `docker load` gives it that name",
                "NAME", tag);
    options.add("compress", "gzip (the default), zstd (not for a Docker older than 23) or none", "HOW",
                compress);
    options.add("ca", "the certificates to put in (default: those that this machine trusts)", "FILE", ca);
    options.add("no-ca", "put no certificates in", no_ca);
    options.add("user", "who runs it: UID:GID", "USER", user);
    options.add("annotation", "one more annotation and label (repeatable)", "KEY=VALUE", annotations);
  }
};

struct SdkImageWords : ImageWords {
  ReleaseWord release;
  bool hosted = false, with_std = false;

  void declare(Options& options) {
    ImageWords::declare(options);
    release.declare(options);
    options.add("hosted", "the toolchain hosted on each port, instead of an SDK", hosted);
    options.add("std", "with each SDK its compiled standard library", with_std);
  }
};

struct AppImageWords : ImageWords {
  std::optional<std::string> variant, port;

  void declare(Options& options) {
    ImageWords::declare(options);
    options.add("variant", "which arm a program is for, such as v7, where it does not say itself", "V",
                variant);
    options.add("port", "what the program must be for (PORT=PROGRAM says the same)", "PORT", port);
  }
};

std::int64_t epoch_in(const std::string& text) {
  if (text.size() > 11 || text.find_first_not_of("0123456789") != std::string::npos)
    throw UsageError("SOURCE_DATE_EPOCH takes seconds since 1970, not \"" + text + "\"");
  return std::stoll(text);
}

ImageOptions image_options(const ImageWords& words) {
  ImageOptions options;
  const std::string how = words.compress.value_or("gzip");
  if (how == "zstd") options.compression = Compression::zstd;
  if (how == "none") options.compression = Compression::none;
  if (how != "gzip" && how != "zstd" && how != "none")
    throw UsageError("--compress takes gzip, zstd or none, not \"" + how + "\"");
  if (words.ca) {
    options.certificates = *words.ca;
  } else if (!words.no_ca) {
    options.certificates = own_certificates();
    if (!options.certificates) {
      throw Error("put certificates into the image", "this machine has none where they are looked for",
                  "Name them: --ca FILE, or leave them out: --no-ca.");
    }
  }
  if (const auto epoch = environment_value("SOURCE_DATE_EPOCH")) options.created = epoch_in(*epoch);
  options.user = words.user.value_or("");
  for (const std::string& each : words.annotations) {
    const std::size_t equals = each.find('=');
    if (equals == 0 || equals == std::string::npos)
      throw UsageError("--annotation takes KEY=VALUE, not \"" + each + "\"");
    options.annotations[each.substr(0, equals)] = each.substr(equals + 1);
  }
  return options;
}

/// Makes the layout at --out, and prints what came of it.
ExitCode make_and_print(const ImageWords& words, const std::string& default_tag,
                        const std::map<std::string, std::string>& annotations,
                        const std::function<std::vector<PlatformImage>(const fs::path&)>& fill) {
  if (!words.out) throw UsageError("-o DIR or -o FILE.tar is missing: the image layout to make");
  const LayoutRequest request{*words.out, words.tag.value_or(default_tag), annotations};
  const MadeLayout made = make_layout(request, fill);
  if (!words.common.json) {
    if (!is_standard_output(*words.out)) std::cout << exact(made.out.string()) << "\n";
    return ExitCode::done;
  }
  Json json = Json::object();
  json["path"] = made.out.string();
  json["tag"] = request.tag;
  json["name"] = made.name;
  json["images"] = Json::array();
  for (const PlatformImage& image : made.images) {
    Json each = Json::object();
    each["platform"] = image.platform.text();
    each["digest"] = "sha256:" + image.manifest.digest;
    json["images"].push_back(std::move(each));
  }
  print_json(json);
  return ExitCode::done;
}

/// An output by its path, or that of the store for the port.
fs::path output_named(const CommonWords& common, const std::string& word, Kind kind, const Release& release) {
  if (is_path(word)) return locate(common.store(), word).tree;
  const Port port = release.at(parse_port(word)).port();
  const Kind wanted = kind == Kind::toolchain && port == own_port() ? Kind::host : kind;
  const std::optional<StoreEntry> entry = common.store().find(wanted, release, port);
  if (entry) return entry->path;
  throw Error("make an image for " + port.text(),
              "the store at " + common.store().root().string() + " has no " + text(wanted) + " of " +
                  release.name() + " for it",
              "Build it: gostrap build " + port.text() + (kind == Kind::toolchain ? " --hosted" : "") +
                  " --release " + release.version.text() + common.store_words() + or_directory(word));
}

/// That of an SDK which the store has.
fs::path std_of(const CommonWords& common, const Manifest& manifest, const Releases& releases) {
  const Release& release = releases.get(manifest.release);
  const std::string doing =
      "put the compiled std of " + release.name() + " for " + manifest.port.text() + " into an image";
  if (manifest.kind != Kind::sdk || release.version < first_with_cache_programs)
    throw Error(doing, "that is for SDKs of Go " + first_with_cache_programs.text() + " and later",
                "Leave --std out.");
  const auto entry = common.store().find(Kind::compiled_std, release, manifest.port, manifest.profile);
  if (entry && !entry->is_strangers()) return entry->path;
  throw Error(doing, "the store at " + common.store().root().string() + " has none",
              "Build it: gostrap build " + manifest.port.text() + " --std --release " +
                  release.version.text() + common.store_words());
}

ExitCode sdk_image(const SdkImageWords& words) {
  words.common.arguments.require("port, or path of an SDK");
  const ImageOptions options = image_options(words);
  const Kind kind = words.hosted ? Kind::toolchain : Kind::sdk;
  std::vector<Port> ports;
  for (const std::string& word : words.common.arguments.words) {
    if (!is_path(word)) ports.push_back(parse_port(word));
  }
  const Releases releases = words.common.releases();
  const Release& release = ports.empty()
                               ? releases.get(words.release.text())
                               : chosen_release(words.common, words.release, releases, {kind, ports});
  std::vector<PackedSdk> outputs;
  std::vector<std::optional<FileLock>> uses;
  for (const std::string& word : words.common.arguments.words) {
    const fs::path path = output_named(words.common, word, kind, release);
    const fs::path named = is_path(word) ? fs::path(word) : path;
    uses.push_back(use_entry_at(words.common.store(), named));
    tell_strangers_at(words.common.store(), named);
    outputs.push_back({path, read_manifest_head(path), std::nullopt});
    if (!words.with_std) continue;
    outputs.back().compiled_std = std_of(words.common, outputs.back().manifest, releases);
    uses.push_back(use_entry_at(words.common.store(), *outputs.back().compiled_std));
  }
  const Manifest& first = outputs.front().manifest;
  std::map<std::string, std::string> annotations = options.annotations;
  annotations.merge(sdk_annotations(first));
  return make_and_print(words, default_tag(first), annotations, [&](const fs::path& layout) {
    std::vector<PlatformImage> images;
    for (const PackedSdk& each : outputs) images.push_back(write_sdk_image(layout, each, options));
    return images;
  });
}

ExitCode app_image(const AppImageWords& words) {
  words.common.arguments.require("program");
  ImageOptions options = image_options(words);
  options.variant = words.variant.value_or("");
  std::vector<NamedProgram> programs;
  for (const std::string& word : words.common.arguments.words)
    programs.push_back(named_program(word, words.port));
  const std::string tag = default_tag(programs.front().program);
  return make_and_print(words, tag, options.annotations, [&](const fs::path& layout) {
    std::vector<PlatformImage> images;
    for (const NamedProgram& each : programs)
      images.push_back(write_app_image(layout, each.program, each.port, options));
    return images;
  });
}

}  // namespace

const Verb image_sdk_verb{
    .name = "image sdk",
    .arguments = "PORT|PATH… -o DIR|FILE.tar [OPTIONS]",
    .summary = nullptr,
    .help =
        "An OCI image of the SDK for PORT, which runs on this machine's architecture; with --hosted of\n"
        "the toolchain that runs on PORT, and of several ports one image for all of them. It has no\n"
        "shell: go is /usr/local/go/bin/go, GOPATH is /go, work is done in /work.\n",
    .group = VerbGroup::part_of_another,
    .brief = "PORT… -o OUT",
    .examples = {{{"gostrap image sdk amd64 -o sdk.tar", "the SDK, for `docker load`"}}},
    .bind = bind<SdkImageWords, sdk_image>,
};

const Verb image_app_verb{
    .name = "image app",
    .arguments = "[PORT=]PROGRAM… -o DIR|FILE.tar [OPTIONS]",
    .summary = nullptr,
    .help =
        "An OCI image of nothing but a static program and certificates; of several programs, one image\n"
        "for all their platforms (linux, and wasip1/wasm). The program is its entry point.\n",
    .group = VerbGroup::part_of_another,
    .brief = "PROGRAM… -o OUT",
    .examples = {{{"gostrap image app ./server -o image.tar --tag ghcr.io/us/server:1.2",
                   "an image of a static program"},
                  {"gostrap image app linux/amd64=./a linux/arm64=./b -o image.tar",
                   "one for the platforms of both"}}},
    .bind = bind<AppImageWords, app_image>,
};

const Verb image_verb{
    .name = "image",
    .arguments = "sdk|app",
    .summary = "make OCI images of SDKs and of programs",
    .help = "",
    .parts = {&image_sdk_verb, &image_app_verb},
};

}  // namespace gostrap
