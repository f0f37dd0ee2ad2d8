#include "tlog/timeline.hpp"

#include "support/encoding.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/lock.hpp"

namespace gostrap {
namespace {

using Result = TimelineFinding::Result;

std::string of_size(const Checkpoint& tree) {
  return "the tree of " + std::to_string(tree.head.size);
}

TimelineFinding forked(const Checkpoint& before, const Checkpoint& now, const KeptCheckpoints& kept,
                       const HashList& proof) {
  std::string lines;
  for (const Digest& each : proof) lines += base64(bytes_of(each)) + "\n";
  const fs::path place = kept.keep_fork(before, now, lines);
  return {Result::forked,
          std::string(fork_word) + kept.key().name + " has signed two trees that contradict each other, of " +
              std::to_string(before.head.size) + " and of " + std::to_string(now.head.size) +
              " records: it shows different logs to different people, or its key is not its own any more",
          before, place};
}

}  // namespace

TimelineFinding hold_against_kept(const Checkpoint& tree, const KeptCheckpoints& kept,
                                  const ReadLogFile& read, const std::string& place) {
  make_directories(kept.directory());
  const FileLock lock(kept.directory() / "lock");
  const std::optional<Checkpoint> before = kept.latest();
  if (!before || before->head.size == 0) {
    kept.keep(tree);
    return {
        Result::agrees, of_size(tree) + " is the first of " + kept.key().name + " that is kept here", {}, {}};
  }
  if (tree.head == before->head) return {Result::agrees, of_size(tree) + " is the kept one", before, {}};
  if (tree.head.size == before->head.size) return forked(*before, tree, kept, {});
  const bool grew = before->head.size < tree.head.size;
  const Checkpoint& older = grew ? *before : tree;
  const Checkpoint& newer = grew ? tree : *before;
  if (older.head.size == 0) return {Result::agrees, of_size(tree) + " is empty", before, {}};
  TileHashes tiles(newer.head.size, read, place);
  HashList proof;
  try {
    proof = consistency_proof(older.head.size, newer.head.size, tiles.reader());
  } catch (const MissingTile& tile) {
    return {Result::not_shown,
            "whether " + of_size(tree) + " agrees with the kept one of " + std::to_string(before->head.size) +
                " is not shown: " + place + " has no " + tile.path,
            before,
            {}};
  }
  const std::optional<BothRoots> roots = roots_of_consistency(older.head.size, newer.head.size, proof);
  if (!roots || roots->newer != newer.head.root) {
    throw Error(
        "show that " + of_size(newer) + " has that of " + std::to_string(older.head.size) + " by " + place,
        "its tiles do not make up the larger tree: they are damaged, or of another one");
  }
  if (roots->older != older.head.root) return forked(*before, tree, kept, proof);
  if (grew) kept.keep(tree);
  return {Result::agrees,
          of_size(newer) + " has all of " + of_size(older) + (grew ? ", which was kept before" : ""),
          before,
          {}};
}

}  // namespace gostrap
