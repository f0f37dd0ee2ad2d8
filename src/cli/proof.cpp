#include "cli/proof.hpp"

#include "cli/release_choice.hpp"
#include "report/proof_parts.hpp"
#include "support/output_file.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>

namespace gostrap {
namespace {

std::optional<fs::path> downloads(const ProofWords& words) {
  if (!words.against) return std::nullopt;
  const fs::path directory = *words.against;
  if (fs::is_directory(directory)) return directory;
  throw UsageError("with --all, --against names a directory of downloaded archives, and " +
                   directory.string() + " is none");
}

void write_page(const Proof& proof, const std::string& file) {
  write_output(file, page_of(proof));
  if (!is_stream(file)) std::cerr << "gostrap: the page is " << file << "\n";
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text + " ";
}

/// What tells two checksums apart for a reader; the whole ones are in --json and --html.
std::string shortened(const std::optional<Digest>& digest) {
  return digest ? hex(*digest).substr(0, 12) : "-";
}

void print(const Proof& proof) {
  std::size_t widest = 0;
  for (const ProofRow& row : proof.rows) widest = std::max(widest, text(row.verdict).size());
  const auto print_row = [&](const std::string& port, const std::string& verdict,
                             const std::string& published, const std::string& ours, const std::string& says) {
    std::cout << padded(port, 16) << padded(verdict, widest) << padded(published, 12) << padded(ours, 12)
              << on_one_line(says) << "\n";
  };
  print_row("port", "verdict", "published", "ours", "archive, or why");
  for (const ProofRow& row : proof.rows) {
    print_row(row.port.text(), text(row.verdict), shortened(row.published), shortened(row.ours),
              row.verdict == Verdict::canonical ? row.file : row.says);
  }
  std::cout << proof.release.name() << ": " << proof.summary() << "\n";
}

}  // namespace

void ProofWords::declare(Options& options) {
  common.declare(options);
  options.add("official", "compare with what upstream published: canonical, not canonical, or not comparable",
              official);
  release.declare(options);
  options.add("all", "with --official: a table of every port of the release, from what the store has", all);
  options.add("html", "with --official: a page about it, with how it was made", "FILE", html);
  options.add("against",
              "hold an archive of ours against a downloaded one, entry by entry: it may differ by code "
              "signatures, and by nothing else (with --all: a directory of them)",
              "FILE", against);
}

ExitCode prove_store(const ProofWords& words, const Limits& limits, const Releases& releases) {
  if (!words.official) throw UsageError("--all goes with --official");
  if (!words.common.arguments.words.empty()) throw UsageError("--all looks at the store: it takes no path");
  if (words.html) require_output_place(*words.html);
  const Release& release = chosen_release(words.common, words.release, releases, {Kind::archives, {}});
  const std::map<Port, fs::path> archives = archives_in_store(release, words.common.store());
  const auto watcher = words.common.progress();
  const std::shared_ptr<Progress> progress = watcher->begin({});
  std::size_t done = 0;
  progress->phase("Hashing archives and modules of " + release.name());
  const auto counted = [&](const Port& port) {
    progress->amount(done++, release.ports.size(), "ports");
    const auto made = archives.find(port);
    return made == archives.end() ? std::nullopt : std::optional(made->second);
  };
  const Proof proof = prove_release(release, counted, downloads(words), limits);
  if (words.html) write_page(proof, *words.html);
  if (words.common.json) {
    print_json(to_json(proof));
  } else {
    print(proof);
  }
  return proof.holds() ? ExitCode::done : ExitCode::difference;
}

void write_proof_of(const std::vector<fs::path>& outputs, const ProofWords& words, const Limits& limits,
                    const Releases& releases) {
  if (words.html) write_page(prove_outputs(outputs, releases, limits), *words.html);
}

}  // namespace gostrap
