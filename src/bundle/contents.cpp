#include "bundle/contents.hpp"

#include "archive/untrusted_name.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"
#include "support/thread_pool.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <map>
#include <set>
#include <utility>

namespace gostrap {
namespace {

/// A line of a listing cannot hold them, and no terminal should be shown them.
bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char each) { return static_cast<unsigned char>(each) < ' ' || each == '\x7f'; });
}

/// Whether `a` stands before `b` in a NAR: by the bytes of the names, a directory before what is in it.
bool stands_before(std::string_view a, std::string_view b) {
  const auto rank = [](char each) { return each == '/' ? 0 : static_cast<unsigned char>(each) + 1; };
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [&](char left, char right) { return rank(left) < rank(right); });
}

std::string_view parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

class Parser {
 public:
  Parser(std::string_view text, const std::string& name, const Limits& limits)
      : left_(text), name_(name), limits_(limits) {}

  Contents run() {
    Contents contents;
    while (!left_.empty()) {
      ++line_;
      const std::size_t end = left_.find('\n');
      if (end == std::string_view::npos) refuse("the line does not end");
      if (contents.size() >= limits_.entries) {
        throw over_limit("read " + name_, "names", contents.size() + 1, limits_.entries, "--max-entries");
      }
      if (line_ % 4096 == 0) check_interrupt();
      contents.push_back(item(left_.substr(0, end)));
      left_.remove_prefix(end + 1);
      check_place(contents.back());
    }
    return contents;
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error("read " + name_ + ":" + std::to_string(line_), why);
  }

  /// What stands before the next tab of `line`.
  std::string_view field(std::string_view& line) const {
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) refuse("a field is missing");
    const std::string_view field = line.substr(0, tab);
    line.remove_prefix(tab + 1);
    return field;
  }

  Item item(std::string_view line) {
    Item item;
    const std::string_view type = field(line);
    if (type == "f" || type == "x") {
      item.type = Item::Type::file;
      item.executable = type == "x";
      item.digest = digest(field(line));
      item.size = size(field(line));
    } else if (type == "l") {
      item.type = Item::Type::symlink;
      item.target = field(line);
    } else if (type != "d") {
      refuse(in_quotes(type) + " is none of d, f, x, l");
    }
    item.path = line;
    if (has_control_characters(line) || has_control_characters(item.target)) {
      refuse("there are control characters in the name " + in_quotes(line));
    }
    if (const std::string unsafe = why_unsafe_path(item.path); !unsafe.empty()) {
      refuse("the path " + in_quotes(item.path) + " " + unsafe);
    }
    if (item.type == Item::Type::symlink) {
      const std::string unsafe = why_unsafe_link(item.path, item.target);
      if (!unsafe.empty()) {
        refuse("the link " + in_quotes(item.path) + " to " + in_quotes(item.target) + " " + unsafe);
      }
    }
    return item;
  }

  Digest digest(std::string_view text) const {
    const std::optional<Digest> digest = digest_in_hex(text);
    if (!digest) refuse("it should be a SHA-256 in hexadecimal: " + in_quotes(text));
    return *digest;
  }

  std::uint64_t size(std::string_view text) {
    std::uint64_t size = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), size);
    const bool plain = failed == std::errc() && end == text.data() + text.size() &&
                       (text.size() == 1 || text.front() != '0');
    if (!plain) refuse("it should be a size in bytes: " + in_quotes(text));
    bytes_ = size > UINT64_MAX - bytes_ ? UINT64_MAX : bytes_ + size;
    if (bytes_ > limits_.bytes) {
      throw over_limit("read " + name_, "bytes", bytes_, limits_.bytes, "--max-bytes");
    }
    return size;
  }

  void check_place(const Item& item) {
    if (!last_.empty() && !stands_before(last_, item.path)) {
      refuse("the path " + in_quotes(item.path) + " is there twice or out of order");
    }
    last_ = item.path;
    const std::string_view parent = parent_of(item.path);
    while (!open_.empty() && open_.back() != parent) open_.pop_back();
    if (open_.empty() && !parent.empty()) {
      refuse("no directory " + in_quotes(parent) + " stands before " + in_quotes(item.path));
    }
    if (open_.size() + 1 > limits_.depth) {
      throw over_limit("read " + name_, "directories, one in the other, in one path", open_.size() + 1,
                       limits_.depth, "--max-depth");
    }
    if (item.type == Item::Type::directory) open_.push_back(item.path);
    if (!folded_.insert(folded_case(item.path)).second) {
      refuse("the path " + in_quotes(item.path) +
             " differs from another one in case only: not every file system can hold both");
    }
  }

  std::string_view left_;
  const std::string& name_;
  const Limits& limits_;
  std::size_t line_ = 0;
  std::uint64_t bytes_ = 0;
  std::string last_;
  std::vector<std::string> open_;  ///< the directories that the last path lies in, and it, if it is one
  std::set<std::string> folded_;   ///< ordered: a stranger chooses the names, and could make hashes meet
};

}  // namespace

std::uint64_t total_size(const Contents& contents) {
  std::uint64_t bytes = 0;
  for (const Item& item : contents) bytes += item.size;
  return bytes;
}

std::uint64_t count_files(const Contents& contents) {
  return static_cast<std::uint64_t>(std::count_if(
      contents.begin(), contents.end(), [](const Item& item) { return item.type == Item::Type::file; }));
}

std::string to_text(const Contents& contents) {
  std::string text;
  for (const Item& item : contents) {
    switch (item.type) {
      case Item::Type::directory:
        text += "d\t";
        break;
      case Item::Type::file:
        text += item.executable ? "x\t" : "f\t";
        text += hex(item.digest) + "\t" + std::to_string(item.size) + "\t";
        break;
      case Item::Type::symlink:
        text += "l\t" + item.target + "\t";
        break;
    }
    text += item.path + "\n";
  }
  return text;
}

Contents parse_contents(std::string_view text, const std::string& name, const Limits& limits) {
  return Parser(text, name, limits).run();
}

std::string key_of_contents(Kind kind, const Digest& listing) {
  return hex(sha256(text(kind) + "\n" + hex(listing))).substr(0, 32);
}

std::string blob_key(const Item& file) {
  std::string key(file.digest.bytes.begin(), file.digest.bytes.end());
  key += file.executable ? "x" : "f";
  return key + std::to_string(file.size);  // one that lies about it is another one
}

namespace {

/// A tree's entries, files not hashed yet, and what each is on disk.
struct Listing {
  Contents contents;
  std::vector<std::pair<dev_t, ino_t>> inodes;
};

Listing list_items(const fs::path& root) {
  const Fd directory(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!directory) throw system_error("read " + root.string());
  Listing listing;
  for (const TreeEntry& entry : list_tree(root)) {
    if (entry.path.empty()) continue;
    check_interrupt();
    Item item;
    item.path = entry.path;
    const std::string unsafe = why_unsafe_path(item.path);
    if (!unsafe.empty() || has_control_characters(item.path)) {
      throw Error("bundle " + root.string(), "the name " + in_quotes(item.path) + " " +
                                                 (unsafe.empty() ? "has control characters in it" : unsafe));
    }
    struct stat status = {};
    if (::fstatat(directory.get(), item.path.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
      throw system_error("read " + (root / item.path).string());
    if (entry.type == TreeEntry::Type::symlink) {
      item.type = Item::Type::symlink;
      item.target = fs::read_symlink(root / item.path).string();
      const std::string leads = has_control_characters(item.target)
                                    ? "points to a name with control characters in it"
                                    : why_unsafe_link(item.path, item.target);
      if (!leads.empty()) {
        throw Error("bundle " + root.string(),
                    "the link " + in_quotes(item.path) + " to " + in_quotes(item.target) + " " + leads);
      }
    } else if (entry.type == TreeEntry::Type::file) {
      item.type = Item::Type::file;
      item.executable = (status.st_mode & S_IXUSR) != 0;
      item.size = static_cast<std::uint64_t>(status.st_size);
    }
    listing.contents.push_back(std::move(item));
    listing.inodes.emplace_back(status.st_dev, status.st_ino);
  }
  return listing;
}

std::vector<Listing> list_all(const std::vector<fs::path>& roots,
                              const std::function<void(std::size_t root, Contents& contents)>& know) {
  std::vector<Listing> listings(roots.size());
  ThreadPool pool(useful_threads(), 64);
  for (std::size_t i = 0; i < roots.size(); ++i) {
    pool.add(1, [&, i] {
      listings[i] = list_items(roots[i]);
      if (know) know(i, listings[i].contents);
    });
  }
  pool.finish();
  return listings;
}

struct ItemId {
  std::size_t root, item;
};

/// The files whose hash is not known: each is read once, whatever names it has.
struct FilesToHash {
  std::vector<ItemId> files;
  std::vector<std::pair<ItemId, ItemId>> same;  ///< the second is another name of the first
  std::uint64_t bytes = 0;
};

FilesToHash files_to_hash(const std::vector<Listing>& listings) {
  FilesToHash found;
  std::map<std::pair<dev_t, ino_t>, ItemId> inodes;
  for (std::size_t root = 0; root < listings.size(); ++root) {
    const Listing& listing = listings[root];
    for (std::size_t i = 0; i < listing.contents.size(); ++i) {
      const Item& item = listing.contents[i];
      if (item.type != Item::Type::file || item.digest != Digest{}) continue;
      const ItemId here{root, i};
      const auto [at, fresh] = inodes.try_emplace(listing.inodes[i], here);
      if (fresh) {
        found.files.push_back(here);
        found.bytes += item.size;
      } else {
        found.same.emplace_back(at->second, here);
      }
    }
  }
  return found;
}

}  // namespace

std::vector<Contents> TreeRecorder::record(
    const std::vector<fs::path>& roots,
    const std::function<void(std::uint64_t done, std::uint64_t total)>& amount,
    const std::function<void(std::size_t root, Contents& contents)>& know) {
  std::vector<Listing> listings = list_all(roots, know);
  const FilesToHash to_hash = files_to_hash(listings);
  std::vector<Contents> trees;
  for (Listing& listing : listings) trees.push_back(std::move(listing.contents));
  ThreadPool pool(useful_threads(), 4096);
  std::atomic<std::uint64_t> done{0};
  std::size_t count = 0;
  for (const ItemId& each : to_hash.files) {
    check_interrupt();
    pool.add(1, [&, each] {
      Item& item = trees[each.root][each.item];
      item.digest = sha256_file(roots[each.root] / item.path);
      done += item.size;
    });
    if (amount && ++count % 64 == 0) amount(done, to_hash.bytes);
  }
  pool.finish();
  if (amount) amount(to_hash.bytes, to_hash.bytes);
  for (const auto& [first, other] : to_hash.same) {
    trees[other.root][other.item].digest = trees[first.root][first.item].digest;
  }
  return trees;
}

}  // namespace gostrap
