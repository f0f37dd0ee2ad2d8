#include "source/directory.hpp"

#include "source/canonical.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"

namespace gostrap {

void copy_source(const fs::path& from, const fs::path& destination, const Limits& limits,
                 Progress& progress) {
  TreeWriter writer(destination, "copy the source from " + from.string(), limits);
  require_go_source(from, writer.doing());
  progress.phase("Copying the source from " + from.string());
  const std::vector<TreeEntry> entries = list_tree(from);
  std::uint64_t done = 0;
  for (const TreeEntry& entry : entries) {
    progress.amount(++done, entries.size(), "files");
    if (entry.path.empty() || !is_in_source(entry.path)) continue;
    switch (entry.type) {
      case TreeEntry::Type::directory:
        writer.directory(entry.path);
        break;
      case TreeEntry::Type::symlink:
        writer.symlink(entry.path, fs::read_symlink(from / entry.path).string());
        break;
      case TreeEntry::Type::file:
        TreeWriter::File file = writer.open_file(entry.path, is_executable_in_source(entry.path));
        read_in_pieces(from / entry.path, [&](std::string_view piece) { file.write(piece); });
        file.close();
        break;
    }
  }
}

void require_go_source(const fs::path& tree, const std::string& doing) {
  for (const char* const name : {"VERSION", "src/make.bash"}) {
    if (fs::is_regular_file(fs::symlink_status(tree / name))) continue;
    throw Error(doing, std::string("it does not look like a Go source: it has no ") + name,
                "Name a git repository of Go, a goX.Y.Z.src.tar.gz, or the directory made by unpacking one.");
  }
}

}  // namespace gostrap
