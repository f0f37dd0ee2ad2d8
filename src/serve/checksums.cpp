#include "serve/checksums.hpp"

#include "sdk/module.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"
#include "support/strings.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/lookup.hpp"
#include "tlog/merkle.hpp"

#include <algorithm>

namespace gostrap {
namespace {

/// "!azure" to "Azure" (module.UnescapePath); nothing for what is no escaped path.
std::optional<std::string> unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char each = text[i];
    if (each >= 'A' && each <= 'Z') return std::nullopt;
    if (each == '!') {
      if (++i == text.size() || text[i] < 'a' || text[i] > 'z') return std::nullopt;
      each = static_cast<char>(text[i] - 'a' + 'A');
    }
    if (static_cast<unsigned char>(each) <= ' ' || each == '\x7f') return std::nullopt;
    plain += each;
  }
  return plain;
}

/// The paths of all zips in a tree, relative to it, without their ending.
std::vector<std::string> modules_in(const fs::path& tree) {
  std::vector<std::string> modules;
  std::error_code failed;
  for (fs::recursive_directory_iterator each(tree, failed);
       !failed && each != fs::recursive_directory_iterator(); each.increment(failed)) {
    check_interrupt();
    const fs::path& path = each->path();
    if (path.extension() != ".zip" || path.parent_path().filename() != "@v") continue;
    modules.push_back((path.parent_path() / path.stem()).lexically_relative(tree).string());
  }
  std::sort(modules.begin(), modules.end());
  return modules;
}

}  // namespace

ChecksumDatabase::ChecksumDatabase(const std::vector<ServedTree>& trees, Progress& progress) {
  Sha256 everything;
  for (const ServedTree& tree : trees) {
    const std::vector<std::string> modules = modules_in(tree.path());
    progress.phase("Hashing the modules in " + tree.path().string());
    for (std::size_t i = 0; i < modules.size(); ++i) {
      progress.amount(i, modules.size(), "modules");
      const std::size_t at = modules[i].rfind("/@v/");
      if (at == std::string::npos) continue;
      const std::string escaped = modules[i].substr(0, at) + "@" + modules[i].substr(at + 4);
      const std::optional<std::string> module = unescaped(modules[i].substr(0, at));
      const std::optional<std::string> version = unescaped(modules[i].substr(at + 4));
      const fs::path base = tree.path() / modules[i];
      const fs::path go_mod = base.string() + ".mod";
      if (!module || !version || ids_.count(escaped) != 0 || !fs::is_regular_file(go_mod)) continue;
      Record record;
      try {
        record.text = record_text(*module, *version, base);
      } catch (const Error& error) {
        left_out_.push_back({base.string() + ".zip", error.what()});
      } catch (const fs::filesystem_error& error) {
        left_out_.push_back({base.string() + ".zip", error.code().message()});
      }
      if (record.text.empty()) {
        progress.note(left_out_.back().zip + ": " + left_out_.back().why +
                      "; go commands will not take this module from here");
        continue;
      }
      record.hash = record_hash(record.text);
      everything.update(record.text);
      ids_[escaped] = records_.size();
      records_.push_back(std::move(record));
    }
  }
  const Digest seed = everything.finish();
  private_.emplace(PrivateKey::from_secret(bytes_of(seed)));
  key_ =
      log_key_of("gostrap-" + hex(sha256(bytes_of(seed))).substr(0, 16) + ".invalid", private_->public_key());
}

std::string ChecksumDatabase::record_text(const std::string& module, const std::string& version,
                                          const fs::path& base) {
  const fs::path noted = base.string() + ".ziphash";
  std::string zip = fs::is_regular_file(noted) ? without_trailing(read_file(noted, 256), "\n\r ")
                                               : h1_of_archive(base.string() + ".zip", Limits());
  if (zip.find_first_of("\n\r ") != std::string::npos) throw Error("read " + noted.string(), "it is no hash");
  return record_of(module, version, zip, h1_of_mod(base.string() + ".mod"));
}

/// Of 2^level records, the index-th such; or of as many of them as there are (the tree's right edge).
Digest ChecksumDatabase::subtree(std::size_t level, std::size_t index) const {
  const std::size_t begin = index << level;
  if (level == 0) return records_[begin].hash;
  const std::size_t half = std::size_t{1} << (level - 1);
  if (begin + half >= records_.size()) return subtree(level - 1, 2 * index);
  return node_hash(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1));
}

std::string ChecksumDatabase::signed_tree() const {
  std::size_t level = 0;
  while ((std::size_t{1} << level) < records_.size()) ++level;
  const Digest root = records_.empty() ? sha256("") : subtree(level, 0);
  return signed_note(to_text(TreeHead{records_.size(), root}), key_, *private_);
}

std::optional<std::string> ChecksumDatabase::tile(const Tile& tile) const {
  const unsigned level = tile.level * Tile::height;
  if (tile.level > 3) return std::nullopt;
  const std::uint64_t whole = records_.size() >> level;  // complete subtrees at that level
  const std::uint64_t begin = tile.index * Tile::whole;
  if (tile.index > whole || begin + tile.width > whole) return std::nullopt;
  std::string hashes;
  for (std::uint64_t i = 0; i < tile.width; ++i) hashes += bytes_of(subtree(level, begin + i));
  return hashes;
}

std::optional<std::string> ChecksumDatabase::answer(const std::string& path) const {
  if (path == "supported") return "";
  if (path == "latest") return signed_tree();
  if (const std::optional<Tile> named = parse_tile_path(path)) return tile(*named);
  if (!path.starts_with("lookup/")) return std::nullopt;
  const auto id = ids_.find(path.substr(7));
  if (id == ids_.end()) return std::nullopt;
  return std::to_string(id->second) + "\n" + records_[id->second].text + "\n" + signed_tree();
}

}  // namespace gostrap
