#include "release/audit.hpp"

#include "release/named_hashes.hpp"
#include "support/words.hpp"

#include <array>
#include <map>

namespace gostrap {
namespace {

constexpr std::array results{
    Word{AuditedPin::Result::agrees, "agrees"},
    Word{AuditedPin::Result::differs, "differs"},
    Word{AuditedPin::Result::unknown, "unknown"},
};

std::string tree_of(const Release& release) {
  return release.name() + " (NAR hash of its source)";
}

/// Every hash that is ours, and whose.
std::map<Digest, std::string> files_by_hash(const Releases& releases) {
  std::map<Digest, std::string> files;
  for (const Release& release : releases.all()) {
    for (const auto& [file, digest] : release.archives) files.emplace(digest, file);
    if (release.source_archive) files.emplace(*release.source_archive, release.name() + ".src.tar.gz");
    if (release.source) files.emplace(*release.source, tree_of(release));
  }
  return files;
}

std::optional<Digest> hash_of_file(const std::string& file, const Releases& releases) {
  const std::optional<Version> version = version_of_file(file);
  const Release* const release = version ? releases.find(*version) : nullptr;
  if (release == nullptr) return std::nullopt;
  const auto there = release->archives.find(file);
  if (there != release->archives.end()) return there->second;
  return file == release->name() + ".src.tar.gz" ? release->source_archive : std::nullopt;
}

bool is_installer(std::string_view file) {
  return file.ends_with(".msi") || file.ends_with(".pkg");
}

/// Nothing for what is nobody's business here.
std::optional<AuditedPin> audited(const NamedHash& named, const Releases& releases,
                                  const std::map<Digest, std::string>& files) {
  AuditedPin pin{named.line, named.file, named.digest, std::nullopt, "", AuditedPin::Result::unknown};
  const auto ours = files.find(named.digest);
  const Release* const release = named.version ? releases.find(*named.version) : nullptr;
  if (!pin.file.empty()) {
    pin.ours = hash_of_file(pin.file, releases);
  } else if (named.is_nar && release != nullptr) {
    pin.file = tree_of(*release);
    pin.ours = release->source;
  } else if (ours != files.end()) {
    pin.file = ours->second;
    pin.ours = named.digest;
  } else if (release != nullptr && !named.is_nar) {
    pin.file = release->name() + " (which file is not said)";
  }
  if (pin.file.empty() || is_installer(pin.file)) return std::nullopt;
  if (pin.ours) {
    pin.result = *pin.ours == pin.theirs ? AuditedPin::Result::agrees : AuditedPin::Result::differs;
  }
  if (pin.result != AuditedPin::Result::agrees && ours != files.end()) pin.is_of = ours->second;
  return pin;
}

}  // namespace

std::string text(AuditedPin::Result result) {
  return word_of(results, result);
}

std::vector<AuditedPin> audited_pins(std::string_view text, const Releases& releases) {
  const std::map<Digest, std::string> files = files_by_hash(releases);
  const KnownHash known = [&](const std::string& file, const Digest& digest) {
    return hash_of_file(file, releases) == digest;
  };
  std::vector<AuditedPin> pins;
  for (const NamedHash& named : named_hashes(text, known)) {
    if (auto pin = audited(named, releases, files)) pins.push_back(std::move(*pin));
  }
  return pins;
}

}  // namespace gostrap
