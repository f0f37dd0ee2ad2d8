#include "source/blobs.hpp"

#include "source/go_embed.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace gostrap {
namespace {

struct Magic {
  std::string_view start;
  const char* form;
};
constexpr std::array magics{
    Magic{"\x7f"
          "ELF",
          "ELF object or program"},
    Magic{"MZ", "PE program"},
    Magic{"\xcf\xfa\xed\xfe", "Mach-O object or program"},
    Magic{"\xce\xfa\xed\xfe", "Mach-O object or program"},
    Magic{"\xca\xfe\xba\xbe", "Mach-O of several machines"},
    Magic{std::string_view("\0asm", 4), "WebAssembly"},
    Magic{std::string_view("\x64\x86", 2), "COFF object"},
    Magic{"!<arch>\n", "ar archive"},
    Magic{"PK\x03\x04", "zip"},
    Magic{"\x1f\x8b", "gzip"},
    Magic{"BZh", "bzip2"},
    Magic{std::string_view("\xfd"
                           "7zXZ",
                           5),
          "xz"},
    Magic{"\x28\xb5\x2f\xfd", "zstd"},
    Magic{"\x89PNG", "PNG"},
};

/// Of those, what text may begin with too: it counts where there is more that is no text.
bool may_be_text(std::string_view start) {
  return start == "MZ" || start == "BZh";
}

/// More than any text in the tree; what is larger is not read for the sake of telling.
constexpr std::uint64_t longest_text = std::uint64_t{64} << 20U;

/// What the go command hands to the linker as it is (go/build: SysoFiles).
bool is_linked_by_name(const std::string& path) {
  return path.ends_with(".syso") && !is_for_tests(path);
}

class Search {
 public:
  explicit Search(fs::path tree) : tree_(std::move(tree)) {
    is_goroot_ = fs::is_regular_file(tree_ / "bin" / "go") || fs::is_regular_file(tree_ / "bin" / "go.exe");
  }

  BlobSearch run() {
    for (const TreeEntry& entry : list_tree(tree_)) {
      check_interrupt();
      if (entry.type != TreeEntry::Type::file || entry.path.starts_with(".git/")) continue;
      if (is_goroot_ && (entry.path.starts_with("bin/") || entry.path.starts_with("pkg/"))) {
        ++found_.compiled;
        continue;
      }
      ++found_.files;
      look_at(entry.path);
    }
    for (Blob& blob : found_.blobs) explain(blob);
    return std::move(found_);
  }

 private:
  void look_at(const std::string& path) {
    const fs::path file = tree_ / path;
    Blob blob;
    blob.path = path;
    blob.size = fs::file_size(file);
    if (blob.size > longest_text) {
      blob.form = form_of_blob(first_bytes(open_for_reading(file), 4096));
      if (blob.form.empty()) blob.form = "too large for a text";
      blob.sha256 = sha256_file(file);
    } else {
      const std::string content = read_file(file, longest_text);
      blob.form = form_of_blob(content);
      if (blob.form.empty() && is_linked_by_name(path)) blob.form = "text with the name of an object";
      if (blob.form.empty()) return note_embeds(path, content);
      blob.sha256 = sha256(content);
    }
    found_.blobs.push_back(std::move(blob));
  }

  void note_embeds(const std::string& path, const std::string& content) {
    if (path.ends_with(".go") && !path.ends_with("_test.go") && !is_for_tests(path))
      embeds_.add(path, embed_patterns(content));
  }

  void explain(Blob& blob) const {
    const std::string embedder = embeds_.embedder_of(blob.path);
    if (const KnownBlob* const known = known_blob(blob.path)) {
      blob.use = known->use;
      blob.what = known->what;
      blob.taken_by = known->taken_by;
      blob.origin = known->origin(tree_, blob.path, blob.sha256);
    } else if (embedder.empty() && is_for_tests(blob.path)) {
      blob.use = BlobUse::tests;
    } else if (!embedder.empty()) {
      blob.taken_by = embedder + " embeds it";
    } else if (is_linked_by_name(blob.path)) {
      blob.taken_by = "go build links it into whatever has that package";
    }
  }

  fs::path tree_;
  bool is_goroot_ = false;
  BlobSearch found_;
  EmbedPatterns embeds_;
};

}  // namespace

std::string form_of_blob(std::string_view content) {
  const bool has_nul = content.find('\0') != std::string_view::npos;
  const bool is_text = !has_nul && is_utf8(content);
  const auto* const magic = std::find_if(magics.begin(), magics.end(), [&](const Magic& each) {
    return content.starts_with(each.start) && !(is_text && may_be_text(each.start));
  });
  if (magic != magics.end()) return magic->form;
  if (is_text) return {};
  return has_nul ? "NUL bytes" : "bytes that are not UTF-8";
}

BlobSearch find_blobs(const fs::path& tree) {
  return Search(tree).run();
}

}  // namespace gostrap
