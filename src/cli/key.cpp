// gostrap key: a pair of keys to sign bundles with.
#include "bundle/signature.hpp"
#include "cli/common_words.hpp"
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

struct KeyWords {
  CommonWords common;
  bool show = false;

  void declare(Options& options) {
    common.declare(options);
    options.add("show", "print the fingerprint of the public key FILE", show);
  }
};

ExitCode key(const KeyWords& words) {
  const fs::path file = words.common.arguments.one("file");
  std::string fingerprint;
  if (words.show) {
    fingerprint = PublicKey::read(file).fingerprint();
  } else if (file.extension() == ".pub") {
    throw UsageError(file.string() + " is a name for a public key: the pair is named by its private one",
                     "Such as: gostrap key " + fs::path(file).replace_extension().string() +
                         ". To see the fingerprint of a public one: gostrap key --show " + file.string());
  } else if (const std::optional<PrivateKey> half = half_a_pair(file)) {
    half->write_public(file);
    fingerprint = half->public_key().fingerprint();
    std::cerr << "gostrap: " << harmless(file.string())
              << " was there without its public key, which is made again.\n";
  } else {
    const PrivateKey made = PrivateKey::generate();
    made.write(file);
    fingerprint = made.public_key().fingerprint();
  }
  if (words.common.json) {
    Json json = Json::object();
    if (!words.show) json["private"] = file.string();
    json["public"] = file.string() + (words.show ? "" : ".pub");
    json["fingerprint"] = fingerprint;
    print_json(json);
  } else {
    std::cout << fingerprint << "\n";
  }
  return ExitCode::done;
}

}  // namespace

const Verb key_verb{
    .name = "key",
    .arguments = "FILE [OPTIONS]",
    .summary = "make a pair of keys to sign bundles with",
    .help =
        "Makes a pair of Ed25519 keys: FILE, which signs bundles and is for your eyes only, and\n"
        "FILE.pub, which whoever installs them names with --key. Prints the fingerprint of the pair.\n"
        "Where FILE is a public key already, only prints its fingerprint (--show).\n",
    .examples = {{{"gostrap key ~/us",
                   "~/us signs (bundle create --sign), ~/us.pub is for those who install"}}},
    .bind = bind<KeyWords, key>,
};

}  // namespace gostrap
