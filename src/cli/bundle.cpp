// gostrap bundle create, inspect, diff and install: one file for the air gap.
#include "cli/bundle.hpp"

#include "cli/terminal.hpp"
#include "support/error.hpp"

#include <array>
#include <cstdio>
#include <iostream>

namespace gostrap {

void add_reading_options(CommandLine& line) {
  line.add()("key", "refuse what this key has not signed (repeatable)",
             cxxopts::value<std::vector<std::string>>(), "FILE.pub");
  line.add_limits();
}

std::unique_ptr<BundleReader> open_reader(const CommandLine& line, const std::vector<std::string>& words) {
  std::vector<PublicKey> keys;
  for (const std::string& file : line.texts("key")) keys.push_back(PublicKey::read(file));
  auto reader = std::make_unique<BundleReader>(open_bundle(words), line.limits(bundle_limits()));
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

std::string signer_text(const CommandLine& line, const BundleReader& reader) {
  if (!reader.signed_by()) return "not signed";
  return "signed by " + reader.signed_by()->fingerprint() +
         (line.has("key") ? ", as asked for" : ", which nobody asked for (--key FILE.pub)");
}

ExitCode bundle_verb(const Words& words) {
  const std::string usage =
      "Usage: gostrap bundle create PORT…|DIR… --out FILE | inspect FILE | diff FILE FILE | install FILE";
  if (words.empty()) throw UsageError("bundle needs one of create, inspect, diff, install", usage);
  const Words rest(words.begin() + 1, words.end());
  if (words[0] == "create") return create_bundle_verb(rest);
  if (words[0] == "inspect") return inspect_bundle_verb(rest);
  if (words[0] == "diff") return diff_bundles_verb(rest);
  if (words[0] == "install") return install_bundle_verb(rest);
  if (words[0] == "--help" || words[0] == "-h") {
    std::cout << usage << "\nEach has a --help of its own.\n";
    return ExitCode::done;
  }
  throw UsageError("there is no `bundle " + words[0] + "`", usage);
}

}  // namespace gostrap
