#include "bundle/entry_installer.hpp"

#include "bundle/entry_check.hpp"
#include "bundle/new_file.hpp"
#include "store/provenance.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 20U;

std::string name_of(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

std::shared_ptr<const Fd> opened(const fs::path& directory) {
  auto fd = std::make_shared<const Fd>(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!*fd) throw system_error("write below " + directory.string());
  return fd;
}

void link_or_copy(const fs::path& from, const Item& item, const Fd& parent, const fs::path& to) {
  if (::linkat(AT_FDCWD, from.c_str(), parent.get(), to.filename().c_str(), 0) == 0) return;
  if (errno != EMLINK && errno != EXDEV && errno != EPERM) throw system_error("make " + to.string());
  place_file(from, to, CopyMode::copy);
  if (::chmod(to.c_str(), item.executable ? 0555 : 0444) != 0) throw system_error("make " + to.string());
}

}  // namespace

void FilesThere::check(const fs::path& file, const Item& item) {
  {
    const std::lock_guard lock(mutex_);
    if (!checked_.insert(blob_key(item)).second) return;
  }
  struct stat status = {};
  const bool same = ::lstat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
                    ((status.st_mode & S_IXUSR) != 0) == item.executable && sha256_file(file) == item.digest;
  if (same) return;
  throw Error("install from " + reader_.name(), file.string() + " is not what the bundle has there",
              "That entry is damaged, or was made by other means: remove it, and install again.");
}

EntryInstaller::EntryInstaller(Installation& installation, EntryToInstall entry, const Contents& contents)
    : installation_(installation),
      number_(entry.number),
      entry_(std::move(entry.entry)),
      contents_(contents),
      provenance_(std::move(entry.provenance)),
      lock_(std::move(entry.lock)),
      stage_(installation.place.path(entry_)) {
  open_.push_back({"", opened(stage_.path())});
}

/// The directory that the path lies in; those that the walk has left are closed.
const EntryInstaller::OpenDirectory& EntryInstaller::parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view parent =
      slash == std::string::npos ? std::string_view() : std::string_view(path).substr(0, slash);
  while (open_.back().path != parent) open_.pop_back();
  return open_.back();
}

void EntryInstaller::directory(const Item& item) {
  const OpenDirectory& parent = parent_of(item.path);
  const std::string name = name_of(item.path);
  const std::string doing = "make " + shown(item).string();
  if (::mkdirat(parent.fd->get(), name.c_str(), 0755) != 0) throw system_error(doing);
  const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  auto fd = std::make_shared<const Fd>(::openat(parent.fd->get(), name.c_str(), flags));
  if (!*fd) throw system_error(doing);
  open_.push_back({item.path, std::move(fd)});
}

void EntryInstaller::symlink(const Item& item) {
  if (::symlinkat(item.target.c_str(), parent_of(item.path).fd->get(), name_of(item.path).c_str()) != 0)
    throw system_error("make " + shown(item).string());
}

/// What comes in several pieces is written by one thread, in order.
void EntryInstaller::file(const Item& item, const ReadContent& read) {
  const auto file = std::make_shared<NewFile>(parent_of(item.path).fd, shown(item), item);
  std::string piece;
  piece.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(item.size, piece_size)));
  const auto send = [&](bool last) {
    const std::size_t size = piece.size();
    installation_.done += size;
    WriteQueue::Job job = [this, last, file, bytes = std::exchange(piece, {})] {
      file->write(bytes);
      if (last) file->close(installation_.reader.name());
    };
    if (item.size > piece_size) return queue_.add_in_order(size, std::move(job));
    queue_.add(size, std::move(job));
  };
  read([&](std::string_view bytes) {
    while (!bytes.empty()) {
      const std::string_view part = bytes.substr(0, piece_size - piece.size());
      piece += part;
      bytes.remove_prefix(part.size());
      if (piece.size() == piece_size) send(false);
    }
  });
  send(true);
  if (++installation_.files % 64 == 0)
    installation_.progress.amount(installation_.done, installation_.total, "bytes");
}

void EntryInstaller::same_file(const Item& item, const BlobLocation& first) {
  const bool own = first.entry == number_;
  const InstalledEntry& other = installation_.installed[first.entry];
  fs::path from = (own ? stage_.path() : other.path) / first.path;
  WriteQueue::Job job = [this, from = std::move(from), check = !own && other.was_there, item,
                         parent = parent_of(item.path).fd, to = shown(item)] {
    if (check) installation_.files_there.check(from, item);
    link_or_copy(from, item, *parent, to);
  };
  if (own) {
    links_.push_back(std::move(job));
  } else {
    queue_.add(0, std::move(job));
  }
}

void EntryInstaller::seal_directories() const {
  const auto seal = [](const fs::path& directory) {
    if (::chmod(directory.c_str(), 0555) != 0) throw system_error("seal " + directory.string());
  };
  for (auto item = contents_.rbegin(); item != contents_.rend(); ++item) {
    if (item->type == Item::Type::directory) seal(stage_.path() / item->path);
  }
  seal(stage_.path());
}

void EntryInstaller::end() {
  queue_.wait();
  for (WriteQueue::Job& link : links_) queue_.add(0, std::move(link));
  queue_.finish();
  const BundleReader& reader = installation_.reader;
  const std::optional<Manifest> manifest =
      require_tree(reader, reader.index().entries[number_], stage_.path(), contents_, installation_.voucher);
  if (installation_.voucher == Voucher::none && manifest && !manifest->profile.empty()) {
    provenance_.inputs =
        inputs_of(entry_.kind, entry_.release, entry_.source, entry_.port, manifest->profile);
  }
  if (installation_.place.seals_directories()) seal_directories();
  open_.clear();
  // the provenance first: an entry without one would not be found again, one without an entry harms nobody
  installation_.place.write_provenance(entry_, provenance_);
  stage_.commit();
}

}  // namespace gostrap
