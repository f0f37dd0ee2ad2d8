#include "bundle/create.hpp"

#include "archive/tar_writer.hpp"
#include "archive/untrusted_name.hpp"
#include "bundle/agree.hpp"
#include "bundle/sbom.hpp"
#include "bundle/zstd_sink.hpp"
#include "support/error.hpp"
#include "support/interrupt.hpp"
#include "support/nar.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace gostrap {
namespace {

[[noreturn]] void damaged(const BundleInput& input, const std::string& why) {
  throw Error("bundle " + input.tree.string(), why,
              "It is damaged: `gostrap verify --repair " + input.tree.string() + "` makes it again.");
}

/// The hashes are those of the manifest, if it names the very files that are there: whoever writes them finds
/// out whether they have them. So each file is read once.
void take_hashes(const BundleInput& input, Contents& contents) {
  if (!input.manifest) return;
  const Manifest manifest = read_manifest(input.tree);
  for (Item& item : contents) {
    const auto file = manifest.files.find(item.path);
    if (item.type == Item::Type::file && file != manifest.files.end()) item.digest = file->second.digest;
  }
  const std::string why = why_not_as_in_manifest(contents, manifest);
  if (!why.empty()) damaged(input, why);
}

void require_source(const BundleInput& input) {
  const Digest nar = nar_hash(input.tree).digest;
  if (nar != input.entry.source)
    damaged(input, "its NAR hash is " + sri(nar) + ", and the pin " + sri(*input.entry.source));
}

/// The order does not depend on how they were asked for.
void put_in_order(std::vector<BundleInput>& inputs) {
  const auto place = [](const BundleInput& input) {
    return std::tuple(input.entry.kind == Kind::modules, input.entry.release,
                      facts_of(input.entry.kind).order, input.entry.name, input.entry.key);
  };
  std::sort(inputs.begin(), inputs.end(),
            [&](const BundleInput& a, const BundleInput& b) { return place(a) < place(b); });
  const auto same = [](const BundleInput& a, const BundleInput& b) {
    return a.entry.name == b.entry.name && a.tree == b.tree;
  };
  inputs.erase(std::unique(inputs.begin(), inputs.end(), same), inputs.end());
  std::set<std::string> names;
  for (const BundleInput& input : inputs) {
    if (names.insert(folded_case(input.entry.name)).second) continue;
    throw UsageError("there are two entries of the name " + input.entry.name,
                     "A bundle holds one of them: name its directory.");
  }
}

Json releases_in(const std::vector<BundleInput>& inputs, const Releases& releases) {
  Json json = Json::object();
  json["releases"] = Json::object();
  std::map<Version, const Release*> wanted;
  for (const BundleInput& input : inputs) {
    if (input.entry.release.empty()) continue;
    const Release& release = releases.get(input.entry.release);
    if (release.nar() != input.entry.source) {
      throw Error("bundle " + input.tree.string(), "it was made from the source " + sri(*input.entry.source) +
                                                       ", and the pin of " + release.name() + " is " +
                                                       sri(release.nar()));
    }
    wanted[release.version] = &release;
  }
  for (const auto& [version, release] : wanted) json["releases"][version.text()] = to_json(*release);
  return json;
}

/// Hashes what is in the trees, each of which has to be what its manifest or its pin says.
std::vector<Contents> checked_contents(const std::vector<BundleInput>& inputs, Progress& progress) {
  progress.phase("Hashing what goes into the bundle");
  std::vector<fs::path> trees;
  for (const BundleInput& input : inputs) trees.push_back(input.tree);
  std::vector<Contents> contents = TreeRecorder().record(
      trees, [&](std::uint64_t done, std::uint64_t total) { progress.amount(done, total, "bytes"); },
      [&](std::size_t tree, Contents& listed) { take_hashes(inputs[tree], listed); });
  for (const BundleInput& input : inputs) {
    if (input.entry.kind == Kind::source) require_source(input);
  }
  return contents;
}

/// What is known before anything is written.
struct Parts {
  BundleIndex index;
  std::vector<std::string> listings, provenances;  ///< of the entries
  std::string sbom, pins;
};

/// Completes the inputs' entries as well.
Parts parts_of(std::vector<BundleInput>& inputs, const std::vector<Contents>& contents,
               const Releases& releases, std::string pins, AdvisoryDatabase* advisories) {
  Parts parts;
  std::set<std::string> blobs;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    check_interrupt();
    BundleEntry& entry = inputs[i].entry;
    parts.listings.push_back(to_text(contents[i]));
    entry.contents = part_of(parts.listings.back());
    const std::string own_key = key_of_contents(entry.kind, entry.contents.digest);
    if (entry.key.empty()) {
      entry.key = own_key;
      inputs[i].provenance.key = entry.key;
    } else if (entry.kind == Kind::modules && entry.key != own_key) {
      damaged(inputs[i], "its contents hash to " + own_key + ", not to the key in its name");
    }
    entry.files = count_files(contents[i]);
    entry.bytes = total_size(contents[i]);
    for (const Item& item : contents[i]) {
      if (item.type == Item::Type::file && blobs.insert(blob_key(item)).second) entry.new_bytes += item.size;
    }
    parts.provenances.push_back(to_text(inputs[i].provenance));
    entry.provenance = part_of(parts.provenances.back());
    parts.index.entries.push_back(entry);
  }
  parts.index.made_by = GOSTRAP_VERSION;
  parts.sbom = to_text(sbom_of(inputs, contents, releases, parts.index.made_by, advisories));
  parts.index.sbom = part_of(parts.sbom);
  parts.pins = std::move(pins);
  parts.index.releases = part_of(parts.pins);
  return parts;
}

/// Writes the tar.
class BundleWriter {
 public:
  BundleWriter(const std::vector<BundleInput>& inputs, const std::vector<Contents>& contents, TarWriter& tar,
               Progress& progress)
      : inputs_(inputs), contents_(contents), tar_(tar), progress_(progress) {
    for (const BundleInput& input : inputs_) total_ += input.entry.new_bytes;
  }

  void write(const Parts& parts, const std::string& index, const PrivateKey* signing) {
    own_file("index.json", index);
    if (signing != nullptr)
      own_file("index.json.sig", to_text(Signature{signing->public_key(), signing->sign(index)}));
    own_file("sbom.cdx.json", parts.sbom);
    own_file("releases.json", parts.pins);
    for (std::size_t number = 0; number < inputs_.size(); ++number) {
      const std::string& name = inputs_[number].entry.name;
      own_file(name + "/contents", parts.listings[number]);
      own_file(name + "/provenance.json", parts.provenances[number]);
      tar_.directory(name);
      for (const Item& item : contents_[number]) put(number, item);
    }
  }

 private:
  void own_file(const std::string& name, std::string_view text) {
    tar_.file(std::string(bundle_directory) + "/" + name, text);
  }

  void put(std::size_t number, const Item& item) {
    const std::string path = inputs_[number].entry.name + "/" + item.path;
    if (item.type == Item::Type::directory) return tar_.directory(path);
    if (item.type == Item::Type::symlink) return tar_.symlink(path, item.target);
    const unsigned mode = item.executable ? 0755 : 0644;
    const auto [first, fresh] = blobs_.try_emplace(blob_key(item), path);
    if (!fresh) return tar_.hard_link(path, first->second, mode);
    Sha256 hash;
    tar_.file_from(path, inputs_[number].tree / item.path, mode, item.size,
                   [&](std::string_view piece) { hash.update(piece); });
    if (hash.finish() != item.digest) {
      damaged(inputs_[number],
              in_quotes(item.path) + (inputs_[number].manifest ? " is not what its manifest says"
                                                               : " changed while it was read"));
    }
    done_ += item.size;
    progress_.amount(done_, total_, "bytes");
  }

  const std::vector<BundleInput>& inputs_;
  const std::vector<Contents>& contents_;
  TarWriter& tar_;
  Progress& progress_;
  std::map<std::string, std::string> blobs_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

CreatedBundle create_bundle(std::vector<BundleInput> inputs, const Releases& releases,
                            const PrivateKey* signing, ByteSink& sink, Progress& progress,
                            AdvisoryDatabase* advisories) {
  put_in_order(inputs);
  std::string pins = to_text(releases_in(inputs, releases));
  const std::vector<Contents> contents = checked_contents(inputs, progress);
  const Parts parts = parts_of(inputs, contents, releases, std::move(pins), advisories);
  const std::string index = to_text(to_json(parts.index));
  // what could not be read again must not be written
  const JsonDocument document(index, "the index");
  index_from_json(document.view());

  progress.phase("Writing the bundle");
  Sha256 hash;
  ZstdSink zstd([&](std::string_view bytes) {
    hash.update(bytes);
    sink.write(bytes);
  });
  TarWriter tar([&](std::string_view bytes) { zstd.write(bytes); }, TarWriter::Form::pax, 0);
  BundleWriter(inputs, contents, tar, progress).write(parts, index, signing);
  tar.finish();
  zstd.finish();
  CreatedBundle bundle;
  bundle.index = parts.index;
  bundle.digest = hash.finish();
  bundle.size = sink.size();
  bundle.files = sink.commit();
  return bundle;
}

}  // namespace gostrap
