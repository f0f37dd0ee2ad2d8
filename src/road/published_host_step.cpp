#include "road/published_host_step.hpp"

#include "archive/untrusted_name.hpp"
#include "road/obtain_published.hpp"
#include "sdk/layout.hpp"
#include "sdk/unpack_published.hpp"
#include "source/goroot.hpp"
#include "support/error.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {
namespace {

void unpack_goroot(const Release& release, const fs::path& archive, const fs::path& place,
                   const Workshop& workshop) {
  make_directories(goroot_of(place));
  unpack_published(archive, published_archive(release, own_port()), goroot_of(place), workshop.sources.limits,
                   workshop.progress);
  const std::string version = version_line(goroot_of(place));
  if (version != release.name()) {
    throw Error("use " + archive.string(),
                "by its VERSION it is " + printable(version) + ", not " + release.name(),
                "The releases file that pins its checksum is wrong.");
  }
}

}  // namespace

std::string PublishedHostStep::inputs(const Keys& /*keys*/) const {
  const PublishedArchive archive = published_archive(*release, own_port());
  Json inputs = begun_inputs(output());
  inputs["port"] = own_port().text();
  inputs["published"] = Json::object();
  inputs["published"]["file"] = archive.file;
  inputs["published"]["sha256"] = hex(archive.sha256);
  return inputs.dump();
}

Making PublishedHostStep::make(const Outputs& /*of*/, const fs::path& place, const Workshop& workshop) const {
  const ObtainedArchive archive =
      obtain_published(*release, published_archive(*release, own_port()), workshop);
  unpack_goroot(*release, archive.file, place, workshop);
  seal(place, manifest_of(Kind::toolchain, *release, own_port()), workshop.progress);
  return made_of(archive.origin);
}

Making made_of(const std::string& origin) {
  Making made;
  made.origin = origin;
  made.origin_kind = "published archive";
  return made;
}

void unpack_host(const Release& release, const fs::path& archive, const fs::path& place,
                 const Workshop& workshop) {
  Manifest manifest = manifest_of(Kind::toolchain, release, own_port());
  unpack_goroot(release, archive, place, workshop);
  manifest.nar = Digest{};  // nobody asks: what is made of it is hashed
  make_directories(manifest_path(place).parent_path());
  create_file(manifest_path(place), to_text(to_json(manifest)));
}

}  // namespace gostrap
