// gostrap key: a pair of keys to sign bundles with.
#include "bundle/signature.hpp"
#include "cli/command_line.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

#include <nlohmann/json.hpp>

#include <iostream>
#include <optional>

namespace gostrap {

namespace {

/// The private key of a pair whose public half is missing: a run was killed between the two, or it was lost.
std::optional<PrivateKey> half_a_pair(const fs::path& file) {
  std::error_code hidden;
  if (!fs::is_regular_file(file, hidden) || fs::exists(fs::symlink_status(file.string() + ".pub", hidden)))
    return std::nullopt;
  try {
    return PrivateKey::read(file);
  } catch (const Error&) {
    return std::nullopt;  // something else, which stays what it is
  }
}

}  // namespace

ExitCode key_verb(const Words& words) {
  CommandLine line(
      "key FILE [OPTIONS]",
      "Makes a pair of Ed25519 keys: FILE, which signs bundles and is for your eyes only, and\n"
      "FILE.pub, which whoever installs them names with --key. Prints the fingerprint of the pair.\n"
      "Where FILE is a public key already, only prints its fingerprint (--show).\n");
  line.add()("show", "print the fingerprint of the public key FILE");
  if (!line.parse(words)) return ExitCode::done;
  const fs::path file = line.one_argument("file");
  std::string fingerprint;
  if (line.has("show")) {
    fingerprint = PublicKey::read(file).fingerprint();
  } else if (const std::optional<PrivateKey> half = half_a_pair(file)) {
    half->write_public(file);
    fingerprint = half->public_key().fingerprint();
    std::cerr << "gostrap: " << harmless(file.string())
              << " was there without its public key, which is made again.\n";
  } else {
    const PrivateKey key = PrivateKey::generate();
    key.write(file);
    fingerprint = key.public_key().fingerprint();
  }
  if (line.json()) {
    Json json = Json::object();
    if (!line.has("show")) json["private"] = file.string();
    json["public"] = file.string() + (line.has("show") ? "" : ".pub");
    json["fingerprint"] = fingerprint;
    print_json(json);
  } else {
    std::cout << fingerprint << "\n";
  }
  return ExitCode::done;
}

}  // namespace gostrap
