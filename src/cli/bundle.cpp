// gostrap bundle create, inspect, diff and install: one file for the air gap.
#include "cli/bundle.hpp"

#include "support/error.hpp"

#include <array>
#include <cstdio>

namespace gostrap {

void ReadingWords::declare(Options& options) {
  common.declare(options);
  options.add("key", "refuse what this key has not signed (repeatable)", "FILE.pub", keys);
  limits.declare(options);
}

std::unique_ptr<BundleReader> open_reader(const ReadingWords& words, const std::vector<std::string>& files) {
  std::vector<PublicKey> keys;
  for (const std::string& file : words.keys) keys.push_back(PublicKey::read(file));
  auto reader = std::make_unique<BundleReader>(open_bundle(files), words.limits.limits(bundle_limits()));
  if (!keys.empty()) reader->require_signature(keys);
  return reader;
}

std::string size_text(std::uint64_t bytes) {
  std::array<char, 32> text{};
  const auto size = static_cast<double>(bytes);
  if (bytes < 1'000'000) {
    std::snprintf(text.data(), text.size(), "%.1f kB", size / 1e3);
  } else {
    std::snprintf(text.data(), text.size(), "%.1f MB", size / 1e6);
  }
  return text.data();
}

std::string signer_text(const ReadingWords& words, const BundleReader& reader) {
  if (!reader.signed_by()) return "not signed";
  return "signed by " + reader.signed_by()->fingerprint() +
         (!words.keys.empty() ? ", as asked for" : ", which nobody asked for (--key FILE.pub)");
}

const Verb bundle_verb{
    .name = "bundle",
    .arguments = "create|inspect|diff|install",
    .summary = "one file for the air gap: everything in it, checked",
    .help = "",
    .parts = {&bundle_create_verb, &bundle_inspect_verb, &bundle_diff_verb, &bundle_install_verb},
};

}  // namespace gostrap
