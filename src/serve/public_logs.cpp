#include "serve/public_logs.hpp"

#include "support/error.hpp"
#include "support/interrupt.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/lookup.hpp"
#include "tlog/tiles.hpp"

namespace gostrap {
namespace {

/// Takes in a lookup's tree, where it is the largest so far.
void take_in(const fs::path& file, const std::string& name, PublicLogs::Log& log) {
  try {
    Lookup lookup = parse_lookup(read_file(file, longest_log_file), file.string());
    const LogKey of_that_name{name, 0, {}};
    const TreeHead head = parse_tree_head(lookup.note, of_that_name, file.string());
    ++log.lookups;
    if (head.size < log.size) return;
    log.size = head.size;
    log.note = std::move(lookup.note);
  } catch (const Error&) {
    return;  // given out as it is: whoever asks for it refuses it
  }
}

/// "sum.golang.org" of sumdb/sum.golang.org/lookup/golang.org/x/text@v0.3.0
std::optional<std::string> log_of(const fs::path& below_sumdb) {
  const std::string text = below_sumdb.string();
  const std::size_t at = text.find("/lookup/");
  return at == std::string::npos || at == 0 ? std::nullopt : std::optional(text.substr(0, at));
}

std::optional<std::string> read_from(const std::string& path, const std::vector<ServedTree>& trees,
                                     std::size_t size) {
  for (const ServedTree& tree : trees) {
    const std::optional<ServedFile> file = tree.open(path);
    if (!file || file->size != size) continue;
    std::string text = first_bytes(file->fd, size);
    if (text.size() == size) return text;
  }
  return std::nullopt;
}

}  // namespace

PublicLogs::PublicLogs(const std::vector<ServedTree>& trees) {
  for (const ServedTree& tree : trees) {
    const fs::path root = tree.path() / "sumdb";
    std::error_code failed;
    for (fs::recursive_directory_iterator each(root, failed);
         !failed && each != fs::recursive_directory_iterator(); each.increment(failed)) {
      check_interrupt();
      if (each->is_directory(failed) && each->path().filename() == "tile") each.disable_recursion_pending();
      if (each->is_symlink(failed) || !each->is_regular_file(failed)) continue;
      const auto name = log_of(each->path().lexically_relative(root));
      if (name) take_in(each->path(), *name, logs_[*name]);
    }
  }
}

std::optional<std::string> PublicLogs::answer(const std::string& path,
                                              const std::vector<ServedTree>& trees) const {
  constexpr std::size_t hash = 32;
  for (const auto& [name, log] : logs_) {
    const std::string start = "sumdb/" + name + "/";
    if (!path.starts_with(start)) continue;
    const std::string rest = path.substr(start.size());
    if (rest == "supported") return "";
    if (rest == "latest" && !log.note.empty()) return log.note;
    const std::optional<Tile> tile = parse_tile_path(rest);
    if (!tile) continue;
    for (std::uint64_t width = tile->width + 1; width <= Tile::whole; ++width) {
      const std::string wider = Tile{tile->level, tile->index, width}.path();
      if (auto text = read_from(start + wider, trees, width * hash))
        return text->substr(0, tile->width * hash);
    }
  }
  return std::nullopt;
}

}  // namespace gostrap
