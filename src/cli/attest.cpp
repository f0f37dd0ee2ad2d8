// gostrap attest: sign what a build showed, for others to count.
#include "attest/rebuilt.hpp"
#include "cli/common_words.hpp"
#include "cli/verbs.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/output_file.hpp"

#include <nlohmann/json.hpp>

#include <iostream>
#include <optional>

namespace gostrap {
namespace {

struct AttestWords {
  CommonWords common;
  OutWord out;
  LimitsWords limits;
  std::optional<std::string> key, builder;
  std::optional<fs::path> against;

  void declare(Options& options) {
    common.declare(options);
    out.declare(options, "the directory for the statements, or a file to which each is a line more",
                "DIR|FILE.jsonl");
    options.add("key", "the private key that signs: of `gostrap key` or of ssh-keygen -t ed25519", "FILE",
                key);
    options.add("builder", "who builds, as a URI in the statement (default: one made of the key)", "URI",
                builder);
    options.add("against", "downloaded archives, for those of darwin, of which a checksum cannot tell", "DIR",
                against);
    limits.declare(options);
  }
};

/// Where documents go: files of their own in a directory, or lines of one file.
class Destination {
 public:
  Destination(fs::path place, std::string signer) : place_(std::move(place)), signer_(std::move(signer)) {
    if (is_lines()) return;
    fs::create_directories(place_);
  }

  fs::path put(const std::string& file, const Document& document) {
    if (!is_lines()) {
      const fs::path path = place_ / (file + "." + signer_ + "." + document.ending);
      write_output(path, document.text + "\n");
      return path;
    }
    std::error_code none;
    const std::string before = fs::exists(place_, none) ? read_file(place_, std::size_t{1} << 30U) : "";
    const bool same = ("\n" + before).find("\n" + document.text + "\n") != std::string::npos;
    if (!same) write_output(place_, before + document.text + "\n");
    return place_;
  }

 private:
  bool is_lines() const { return place_.extension() == ".jsonl"; }

  fs::path place_;
  std::string signer_;
};

std::optional<Provenance> how_it_came_to_be(const fs::path& output) {
  const std::optional<fs::path> file = provenance_of(output);
  return file ? std::optional(read_provenance(*file)) : std::nullopt;
}

ExitCode attest(const AttestWords& words) {
  words.common.arguments.require("path of archives");
  if (!words.key) throw UsageError("nobody signs: --key FILE is missing", "Make a key: gostrap key FILE");
  const PrivateKey key = PrivateKey::read(*words.key);
  const Releases releases = words.common.releases();
  Destination destination(words.out.required(), fs::path(*words.key).filename().string());
  Json json = Json::array();
  bool differs = false, stated = false;
  for (const std::string& word : words.common.arguments.words) {
    const fs::path output = fs::absolute(word).lexically_normal();
    const Manifest manifest = read_manifest(output);
    if (manifest.kind != Kind::archives) {
      throw Error("state anything about " + output.string(),
                  "it is not archives, but a " + text(manifest.kind),
                  "Upstream publishes archives: gostrap build PORT --archives makes them.");
    }
    const Release& release = releases.get(manifest.release);
    const ProofRow row =
        prove_port(release, manifest.hosted_on, output, words.against, words.limits.limits());
    const std::string why = why_no_statement(row);
    Json each = Json::object();
    each["file"] = row.file;
    each["verdict"] = text(row.verdict);
    each["statements"] = Json::array();
    if (!why.empty()) {
      std::cerr << "gostrap: nothing is stated about " << output.string() << ": " << why << "\n";
    }
    differs = differs || row.verdict == Verdict::differs;
    const Rebuilt rebuilt{release, row, how_it_came_to_be(output), words.builder.value_or("")};
    for (const Document& document : statements_of(rebuilt, key)) {
      const fs::path file = destination.put(row.file, document);
      stated = true;
      each["statements"].push_back(file.string());
      if (!words.common.json) std::cout << file.string() << ": " << text(row.verdict) << "\n";
    }
    json.push_back(std::move(each));
  }
  if (words.common.json) print_json(json);
  if (differs) return ExitCode::difference;
  return stated ? ExitCode::done : ExitCode::failed;
}

}  // namespace

const Verb attest_verb{
    .name = "attest",
    .arguments = "PATH… --key FILE --out DIR [OPTIONS]",
    .summary = "sign what a build showed about upstream's archives",
    .help =
        "States about archives that were built here, in signed documents, that they are the published ones: "
        "as an\n"
        "in-toto link, which rebuilderd publishes and repro-threshold counts, and as a DSSE envelope with "
        "SLSA's\n"
        "provenance. Of darwin's archives, with --against, that only Apple's signatures differ. That one "
        "differs is\n"
        "stated too, and the exit code is 1. `gostrap verify --attested` counts such statements.\n",
    .examples = {{{"gostrap attest \"$(gostrap build riscv64 --archives)\" --key ~/us --out statements",
                   "two documents about one archive"}}},
    .bind = bind<AttestWords, attest>,
};

}  // namespace gostrap
