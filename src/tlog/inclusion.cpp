#include "tlog/inclusion.hpp"

#include "support/error.hpp"
#include "tlog/lookup.hpp"
#include "tlog/proof_file.hpp"

#include <algorithm>

namespace gostrap {
namespace {

std::string number_in(std::uint64_t index, const TreeHead& head) {
  return "record " + std::to_string(index) + " of a tree of " + std::to_string(head.size);
}

/// What the tree has at the index, by the tiles there. Throws MissingTile.
Digest shown_hash(std::uint64_t index, const TreeHead& head, const LogSource& source) {
  TileHashes tiles(head.size, source.read, source.place);
  const Digest hash = tiles.hash(0, index);
  const HashList proof = inclusion_proof(index, head.size, tiles.reader());
  if (root_of_inclusion(index, head.size, hash, proof) != head.root) {
    throw Error("show " + number_in(index, head) + " by " + source.place,
                "its tiles do not make up that tree: they are damaged, or of another one");
  }
  return hash;
}

/// The trees in which the record may be looked for; the first that can be shown is as good as any.
std::vector<Checkpoint> trees_of(const Checkpoint& own, const std::optional<Checkpoint>& known,
                                 const std::vector<FoundNote>& notes, const LogKey& key) {
  std::vector<Checkpoint> trees;
  const auto add = [&](Checkpoint tree) {
    const auto is_it = [&](const Checkpoint& each) { return each.head == tree.head; };
    if (tree.head != own.head && std::none_of(trees.begin(), trees.end(), is_it))
      trees.push_back(std::move(tree));
  };
  if (known) add(*known);
  for (const FoundNote& each : notes) {
    try {
      add(read_checkpoint(each.text, key, each.file));
    } catch (const Error&) {
      continue;  // whoever asks for its module is told
    }
  }
  return trees;
}

}  // namespace

ShownRecord show_record(const LoggedVersion& version, const LogSource& source, const LogKey& key,
                        const std::optional<Checkpoint>& known) {
  const std::string path = lookup_path(version.module, version.version);
  const std::string file = source.place + "/" + path;
  const std::optional<std::string> text = source.read(path);
  if (!text) throw NotShown{source.place + " has no " + path};
  const Lookup lookup = parse_lookup(*text, file);
  const Checkpoint own = read_checkpoint(lookup.note, key, file);
  if (lookup.record >= own.head.size)
    throw Error("believe the lookup in " + file, "there is no " + number_in(lookup.record, own.head));
  const auto in = [&](const Checkpoint& tree) {
    if (shown_hash(lookup.record, tree.head, source) == record_hash(lookup.text))
      return ShownRecord{lookup.record, lookup.text, tree, file, {}};
    throw Error("believe the lookup in " + file,
                "the log has another " + number_in(lookup.record, tree.head));
  };
  std::string missing;
  try {
    return in(own);
  } catch (const MissingTile& tile) {
    missing = tile.path;
  }
  for (const Checkpoint& tree : trees_of(own, known, source.notes(), key)) {
    if (lookup.record >= tree.head.size) continue;
    try {
      ShownRecord shown = in(tree);
      shown.seen.push_back(own);
      return shown;
    } catch (const MissingTile&) {
      continue;
    }
  }
  throw NotShown{source.place + " has no " + missing + ", which shows " + number_in(lookup.record, own.head)};
}

ShownRecord show_record(const std::string& record, std::string_view text, const std::string& file,
                        const LogKey& key) {
  const ProofFile proof = parse_proof_file(text, file);
  Checkpoint tree = read_checkpoint(proof.note, key, file);
  const std::string doing = "believe the proof in " + file;
  const auto root = root_of_inclusion(proof.index, tree.head.size, record_hash(record), proof.hashes);
  if (!root) {
    throw Error(doing, "with " + std::to_string(proof.hashes.size()) + " hashes it is none of " +
                           number_in(proof.index, tree.head));
  }
  if (*root != tree.head.root)
    throw Error(doing, "with ours it does not come to the root of that tree: " +
                           number_in(proof.index, tree.head) + " is another one, or the proof is wrong");
  return {proof.index, record, std::move(tree), file, {}};
}

}  // namespace gostrap
