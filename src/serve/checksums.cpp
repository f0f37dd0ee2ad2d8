#include "serve/checksums.hpp"

#include "sdk/module.hpp"
#include "support/encoding.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"
#include "support/strings.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace gostrap {
namespace {

constexpr std::size_t tile_height = 8;
constexpr std::size_t tile_width = std::size_t{1} << tile_height;
constexpr char ed25519 = 1;  // note.algEd25519

/// The leaf and the node of RFC 6962.
Digest leaf_hash(const std::string& text) {
  return sha256(std::string(1, '\0') + text);
}
Digest node_hash(const Digest& left, const Digest& right) {
  std::string both(1, '\x01');
  both += bytes_of(left);
  both += bytes_of(right);
  return sha256(both);
}

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

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

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

std::optional<std::size_t> number(std::string_view text) {
  if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  return std::stoul(std::string(text));
}

}  // namespace

void ChecksumDatabase::FreeKey::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}

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
        record.text = record_text(*module + " " + *version, base);
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
      record.hash = leaf_hash(record.text);
      everything.update(record.text);
      ids_[escaped] = records_.size();
      records_.push_back(std::move(record));
    }
  }
  const Digest seed = everything.finish();
  name_ = "gostrap-" + hex(sha256(bytes_of(seed))).substr(0, 16) + ".invalid";
  key_.reset(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.bytes.data(), seed.bytes.size()));
  Digest raw{};
  std::size_t size = raw.bytes.size();
  if (!key_ || EVP_PKEY_get_raw_public_key(key_.get(), raw.bytes.data(), &size) != 1)
    throw Error("make a key for the checksum database", "libcrypto has no Ed25519");
  public_key_ = std::string(1, ed25519) + std::string(bytes_of(raw));
}

ChecksumDatabase::~ChecksumDatabase() = default;

/// `module` is path and version, as a go.sum has them.
std::string ChecksumDatabase::record_text(const std::string& module, const fs::path& base) {
  const fs::path noted = base.string() + ".ziphash";
  std::string zip = fs::is_regular_file(noted) ? without_trailing(read_file(noted, 256), "\n\r ")
                                               : h1_of_archive(base.string() + ".zip", Limits());
  if (zip.find_first_of("\n\r ") != std::string::npos) throw Error("read " + noted.string(), "it is no hash");
  return module + " " + zip + "\n" + module + "/go.mod " + h1_of_mod(base.string() + ".mod") + "\n";
}

std::string ChecksumDatabase::verifier() const {
  const std::string hash = hex(sha256(name_ + "\n" + public_key_)).substr(0, 8);
  return name_ + "+" + hash + "+" + base64(public_key_);
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
  const std::string text =
      "go.sum database tree\n" + std::to_string(records_.size()) + "\n" + base64(bytes_of(root)) + "\n";
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  const bool good = EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
                    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                                   reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
  if (!good) throw Error("sign the checksum database", "libcrypto refused");
  const Digest key_hash = sha256(name_ + "\n" + public_key_);
  return text + "\n\xe2\x80\x94 " + name_ + " " +
         base64(std::string(bytes_of(key_hash).substr(0, 4)) + signature) + "\n";
}

/// "8/LEVEL/NNN" or "8/LEVEL/NNN.p/WIDTH", with N in groups of three digits, all but the last after an x.
std::optional<std::string> ChecksumDatabase::tile(const std::string& path) const {
  std::vector<std::string> parts = split(path, "/").copied();
  if (parts.size() < 3 || parts.size() > 8 || parts[0] != "8") return std::nullopt;
  const std::optional<std::size_t> level = number(parts[1]);
  if (!level || *level > 3) return std::nullopt;
  std::size_t width = tile_width;
  if (const std::string& before = parts[parts.size() - 2];
      before.size() > 2 && before.substr(before.size() - 2) == ".p") {
    const std::optional<std::size_t> partial = number(parts.back());
    if (!partial || *partial == 0 || *partial >= tile_width) return std::nullopt;
    width = *partial;
    parts.pop_back();
    parts.back().resize(parts.back().size() - 2);
  }
  std::size_t index = 0;
  for (std::size_t i = 2; i < parts.size(); ++i) {
    const bool last = i + 1 == parts.size();
    if (parts[i].size() != (last ? 3U : 4U) || (!last && parts[i][0] != 'x')) return std::nullopt;
    const std::optional<std::size_t> group = number(std::string_view(parts[i]).substr(last ? 0 : 1));
    if (!group || index > 1'000'000) return std::nullopt;
    index = index * 1000 + *group;
  }
  const std::size_t whole = records_.size() >> (tile_height * *level);  // complete subtrees at that level
  if (index * tile_width + width > whole) return std::nullopt;
  std::string hashes;
  for (std::size_t i = 0; i < width; ++i)
    hashes += bytes_of(subtree(tile_height * *level, index * tile_width + i));
  return hashes;
}

std::optional<std::string> ChecksumDatabase::answer(const std::string& path) const {
  if (path == "supported") return "";
  if (path == "latest") return signed_tree();
  if (path.starts_with("tile/")) return tile(path.substr(5));
  if (!path.starts_with("lookup/")) return std::nullopt;
  const auto id = ids_.find(path.substr(7));
  if (id == ids_.end()) return std::nullopt;
  return std::to_string(id->second) + "\n" + records_[id->second].text + "\n" + signed_tree();
}

}  // namespace gostrap
