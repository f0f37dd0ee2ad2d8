#include "bundle/pins.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/lock.hpp"
#include "support/output_file.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {

BroughtPins with_pins(const Releases& known, const std::string& text, const std::string& bundle) {
  BroughtPins pins{known, {}};
  const Releases brought = Releases::parse(text, bundle + " (releases.json)");
  for (const Release& release : brought.all()) {
    const Release* const here = known.find(release.version);
    if (here == nullptr) {
      pins.added.push_back(release);
      pins.all.put(release);
    } else if (here->commit != release.commit || here->source != release.source) {
      throw Error("use the bundle " + bundle,
                  "its " + release.name() + " is commit " + release.commit + " with the source " +
                      sri(release.source) + ", and the pin here is " + here->commit + " with " +
                      sri(here->source),
                  "One of the two is wrong: ask whoever made the bundle.");
    }
  }
  return pins;
}

void write_pins(const fs::path& file, const std::vector<Release>& added) {
  make_directories(fs::absolute(file).parent_path());
  const FileLock lock = FileLock::of_directory(fs::absolute(file).parent_path(), {});
  Json json = fs::exists(file) ? read_json(file) : Json::object();
  if (!json.contains("releases")) json["releases"] = Json::object();
  for (const Release& release : added) json["releases"][release.version.text()] = to_json(release);
  Releases::parse(json.dump(), file.string());
  write_output(file, to_text(json));
}

}  // namespace gostrap
