#include "bundle/create.hpp"

#include "archive/untrusted_name.hpp"
#include "bundle/agree.hpp"
#include "bundle/sbom.hpp"
#include "bundle/writer.hpp"
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

/// What was written, with the hash of it.
class HashingSink final : public ByteSink {
 public:
  explicit HashingSink(ByteSink& below) : below_(below) {}
  void write(std::string_view bytes) override {
    hash_.update(bytes);
    below_.write(bytes);
  }
  std::vector<fs::path> commit() override { return below_.commit(); }
  std::uint64_t size() const override { return below_.size(); }
  Digest digest() { return hash_.finish(); }

 private:
  ByteSink& below_;
  Sha256 hash_;
};

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
    if (item.type == Item::Type::file && file != manifest.files.end())
      item.digest = digest_from_hex(file->second.sha256);
  }
  const std::string why = why_not_as_in_manifest(contents, manifest);
  if (!why.empty()) damaged(input, why);
}

void check_source(const BundleInput& input) {
  const std::string nar = sri(nar_hash(input.tree).digest);
  if (nar != input.entry.source)
    damaged(input, "its NAR hash is " + nar + ", and the pin " + input.entry.source);
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
    if (release.source != input.entry.source) {
      throw Error("bundle " + input.tree.string(), "it was made from the source " + input.entry.source +
                                                       ", and the pin of " + release.name() + " is " +
                                                       release.source);
    }
    wanted[release.version] = &release;
  }
  for (const auto& [version, release] : wanted) json["releases"][version.text()] = to_json(*release);
  return json;
}

class Writer {
 public:
  Writer(const std::vector<BundleInput>& inputs, const std::vector<Contents>& contents, ByteSink& sink,
         Progress& progress)
      : inputs_(inputs), contents_(contents), tar_(sink), progress_(progress) {
    for (const BundleInput& input : inputs_) total_ += input.entry.new_bytes;
  }

  void own_file(const std::string& name, std::string_view text) {
    tar_.file(std::string(bundle_directory) + "/" + name, text);
  }
  void entry(std::size_t number, const std::string& listing, const std::string& provenance) {
    const BundleEntry& entry = inputs_[number].entry;
    own_file(entry.name + "/contents", listing);
    own_file(entry.name + "/provenance.json", provenance);
    tar_.directory(entry.name);
    for (const Item& item : contents_[number]) put(number, item);
  }
  void finish() { tar_.finish(); }

 private:
  void put(std::size_t number, const Item& item) {
    const std::string path = inputs_[number].entry.name + "/" + item.path;
    if (item.type == Item::Type::directory) return tar_.directory(path);
    if (item.type == Item::Type::symlink) return tar_.symlink(path, item.target);
    const auto [first, fresh] = blobs_.try_emplace(blob_key(item), path);
    if (!fresh) return tar_.hard_link(path, first->second, item.executable);
    if (!tar_.file(path, inputs_[number].tree / item.path, item)) {
      damaged(inputs_[number],
              in_quotes(item.path) + (inputs_[number].manifest ? " is not what its manifest says"
                                                               : " changed while it was read"));
    }
    done_ += item.size;
    progress_.amount(done_, total_, "bytes");
  }

  const std::vector<BundleInput>& inputs_;
  const std::vector<Contents>& contents_;
  BundleWriter tar_;
  Progress& progress_;
  std::map<std::string, std::string> blobs_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

CreatedBundle create_bundle(std::vector<BundleInput> inputs, const Releases& releases,
                            const PrivateKey* signing, ByteSink& sink, Progress& progress) {
  put_in_order(inputs);
  CreatedBundle bundle;
  bundle.index.made_by = GOSTRAP_VERSION;
  const std::string pins = to_text(releases_in(inputs, releases));
  progress.phase("Hashing what goes into the bundle");
  std::vector<fs::path> trees;
  for (const BundleInput& input : inputs) trees.push_back(input.tree);
  const std::vector<Contents> contents = TreeRecorder().record(
      trees, [&](std::uint64_t done, std::uint64_t total) { progress.amount(done, total, "bytes"); },
      [&](std::size_t tree, Contents& listed) { take_hashes(inputs[tree], listed); });
  for (const BundleInput& input : inputs) {
    if (input.entry.kind == Kind::source) check_source(input);
  }
  std::set<std::string> blobs;
  std::vector<std::string> provenances;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    check_interrupt();
    BundleEntry& entry = inputs[i].entry;
    const std::string listing = to_text(contents[i]);
    entry.contents = part_of(listing);
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
    provenances.push_back(to_text(inputs[i].provenance));
    entry.provenance = part_of(provenances.back());
    bundle.index.entries.push_back(entry);
  }
  const std::string sbom = to_text(sbom_of(inputs, contents, releases, bundle.index.made_by));
  bundle.index.sbom = part_of(sbom);
  bundle.index.releases = part_of(pins);
  const std::string index = to_text(to_json(bundle.index));
  // what could not be read again must not be written
  const JsonDocument document(index, "the index");
  index_from_json(document.view());

  progress.phase("Writing the bundle");
  HashingSink hashing(sink);
  Writer writer(inputs, contents, hashing, progress);
  writer.own_file("index.json", index);
  if (signing != nullptr) {
    writer.own_file("index.json.sig", to_text(Signature{signing->public_key(), signing->sign(index)}));
  }
  writer.own_file("sbom.cdx.json", sbom);
  writer.own_file("releases.json", pins);
  for (std::size_t i = 0; i < inputs.size(); ++i) writer.entry(i, to_text(contents[i]), provenances[i]);
  writer.finish();
  bundle.digest = hashing.digest();
  bundle.size = sink.size();
  bundle.files = sink.commit();
  return bundle;
}

}  // namespace gostrap
