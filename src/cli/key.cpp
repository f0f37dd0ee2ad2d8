// gostrap key: a pair of keys to sign bundles with.
#include "bundle/signature.hpp"
#include "cli/command_line.hpp"
#include "cli/verbs.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {

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
