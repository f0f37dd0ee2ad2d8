// A small Go source and the forms it comes in: archives by libarchive and byte by byte, repositories by
// libgit2.
#pragma once

#include "archive/tree_writer.hpp"
#include "release/release.hpp"
#include "source/source.hpp"
#include "support/nar.hpp"
#include "support/progress.hpp"
#include "support/testing.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <git2.h>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace gostrap::testing {

/// Path to content; what is at the top and left out of a source is among them.
inline const std::map<std::string, std::string>& sample_files() {
  static const std::map<std::string, std::string> files = {
      {".gitattributes", "* -text\n"},
      {".github/TEMPLATE", "x\n"},
      {".gitignore", "bin\n"},
      {"VERSION", "go1.24.4\ntime 2025-05-29T19:37:36Z\n"},
      {"lib/wasm/go_js_wasm_exec", "#!/bin/sh\n"},
      {"src/.gitignore", "kept\n"},
      {"src/make.bash", "echo make\n"},
      {"src/main.go", std::string(70'000, 'm')},
      {"test/\xc3\x84"
       "foo.go",
       "package foo\n"},
      {"test/empty", ""},
  };
  return files;
}

/// The sample as it should come out, made by hand.
inline Digest sample_hash() {
  const Scratch scratch;
  for (const auto& [name, content] : sample_files()) {
    const bool out = name == ".gitattributes" || name == ".github/TEMPLATE" || name == ".gitignore";
    const bool script = name == "src/make.bash" || name == "lib/wasm/go_js_wasm_exec";
    if (!out) scratch.file(name, content, script);
  }
  return nar_hash(scratch.path()).digest;
}

inline Release sample_release() {
  Release release;
  release.version = *parse_version("1.24.4");
  release.tag = "go1.24.4";
  release.commit = std::string(40, '0');
  release.source = sample_hash();
  release.source_archive = sha256("its archive");
  return release;
}

/// Remembers what it was told.
class Heard final : public Progress {
 public:
  void phase(const std::string& text) override { phases.push_back(text); }
  void amount(std::uint64_t, std::uint64_t, const char*) override { ++amounts; }
  void note(const std::string& text) override { notes.push_back(text); }
  std::vector<std::string> phases, notes;
  int amounts = 0;
};

/// Writes an archive with libarchive.
class Pack {
 public:
  enum class Form { tar, tar_gz, tar_xz, tar_zst, zip };

  Pack(const fs::path& file, Form form) : archive_(archive_write_new()) {
    if (form == Form::zip) {
      archive_write_set_format_zip(archive_);
    } else {
      archive_write_set_format_pax(archive_);
      archive_write_set_options(archive_, "hdrcharset=BINARY");
    }
    if (form == Form::tar_gz) archive_write_add_filter_gzip(archive_);
    if (form == Form::tar_xz) archive_write_add_filter_xz(archive_);
    if (form == Form::tar_zst) archive_write_add_filter_zstd(archive_);
    archive_write_open_filename(archive_, file.c_str());
  }
  ~Pack() { archive_write_free(archive_); }
  Pack(const Pack&) = delete;
  Pack& operator=(const Pack&) = delete;

  void file(const std::string& name, const std::string& content, unsigned mode = 0644) {
    struct archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, mode);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_write_header(archive_, entry);
    archive_write_data(archive_, content.data(), content.size());
    archive_entry_free(entry);
  }
  /// A file of `size` bytes with `end` as its last ones, and a hole before them.
  void sparse(const std::string& name, std::size_t size, const std::string& end) {
    struct archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(size));
    archive_entry_sparse_add_entry(entry, static_cast<la_int64_t>(size - end.size()),
                                   static_cast<la_int64_t>(end.size()));
    archive_write_header(archive_, entry);
    const std::string content = std::string(size - end.size(), '\0') + end;
    archive_write_data(archive_, content.data(), content.size());
    archive_entry_free(entry);
  }
  void close() { archive_write_close(archive_); }

 private:
  struct archive* archive_;
};

inline void pack_sample(const fs::path& file, Pack::Form form, const std::string& top = "go") {
  Pack pack(file, form);
  for (const auto& [name, content] : sample_files()) pack.file(top + "/" + name, content);
  pack.close();
}

/// Tar entries byte by byte, for what no decent writer would write.
class RawTar {
 public:
  RawTar& entry(const std::string& name, char type, const std::string& content = {},
                const std::string& link = {}, unsigned mode = 0644) {
    std::string block(512, '\0');
    name.copy(block.data(), 100);
    std::snprintf(block.data() + 100, 8, "%07o", mode);
    std::snprintf(block.data() + 108, 8, "%07o", 0U);
    std::snprintf(block.data() + 116, 8, "%07o", 0U);
    std::snprintf(block.data() + 124, 12, "%011zo", content.size());
    std::snprintf(block.data() + 136, 12, "%011o", 0U);
    block[156] = type;
    link.copy(block.data() + 157, 100);
    std::string("ustar\00000", 8).copy(block.data() + 257, 8);
    block.replace(148, 8, 8, ' ');
    unsigned sum = 0;
    for (const char each : block) sum += static_cast<unsigned char>(each);
    std::snprintf(block.data() + 148, 8, "%06o", sum);
    bytes_ += block + content;
    bytes_.append((512 - content.size() % 512) % 512, '\0');
    return *this;
  }
  RawTar& file(const std::string& name, const std::string& content = "x") {
    return entry(name, '0', content);
  }
  /// A file whose name does not fit into a header, as GNU tar writes it.
  RawTar& long_name(const std::string& name) {
    return entry("././@LongLink", 'L', name + std::string(1, '\0')).entry(name.substr(0, 100), '0', "x");
  }
  /// A file whose name is in a pax header.
  RawTar& pax_name(const std::string& name) {
    const std::string field = " path=" + name + "\n";
    std::size_t size = field.size() + 2;
    while (std::to_string(size).size() + field.size() != size) ++size;
    return entry("pax", 'x', std::to_string(size) + field).entry("short", '0', "x");
  }
  RawTar& sample() {
    for (const auto& [name, content] : sample_files()) file("go/" + name, content);
    return *this;
  }
  std::string bytes() const { return bytes_ + std::string(1024, '\0'); }

 private:
  std::string bytes_;
};

/// A repository with the sample in one commit and the tag go1.24.4 on it; returns the commit.
inline std::string make_repository(const fs::path& place, bool annotated = false, bool bare = false) {
  git_libgit2_init();
  git_repository* repository = nullptr;
  git_repository_init(&repository, place.c_str(), bare ? 1U : 0U);
  git_index* index = nullptr;
  git_repository_index(&index, repository);
  for (const auto& [name, content] : sample_files()) {
    git_index_entry entry{};
    // git's own x bit is wrong on purpose: names decide
    entry.mode = name == "VERSION" ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB;
    entry.path = name.c_str();
    git_blob_create_from_buffer(&entry.id, repository, content.data(), content.size());
    git_index_add(index, &entry);
  }
  git_oid tree_id;
  git_index_write_tree_to(&tree_id, index, repository);
  git_tree* tree = nullptr;
  git_tree_lookup(&tree, repository, &tree_id);
  git_signature* author = nullptr;
  git_signature_new(&author, "t", "t@example.org", 1'700'000'000, 0);
  git_oid commit_id;
  git_commit_create(&commit_id, repository, "refs/heads/main", author, author, nullptr, "m", tree, 0,
                    nullptr);
  git_object* commit = nullptr;
  git_object_lookup(&commit, repository, &commit_id, GIT_OBJECT_COMMIT);
  git_oid tag_id;
  if (annotated) {
    git_tag_create(&tag_id, repository, "go1.24.4", commit, author, "t", 0);
  } else {
    git_tag_create_lightweight(&tag_id, repository, "go1.24.4", commit, 0);
  }
  std::string digits(40, '0');
  git_oid_fmt(digits.data(), &commit_id);
  git_object_free(commit);
  git_signature_free(author);
  git_tree_free(tree);
  git_index_free(index);
  git_repository_free(repository);
  git_libgit2_shutdown();
  return digits;
}

}  // namespace gostrap::testing
