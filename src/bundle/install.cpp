#include "bundle/install.hpp"

#include "archive/untrusted_name.hpp"
#include "bundle/agree.hpp"
#include "bundle/claims.hpp"
#include "road/step.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"
#include "support/nar.hpp"
#include "support/thread_pool.hpp"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <mutex>
#include <set>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t bytes_waiting = std::size_t{16} << 20U;
constexpr std::size_t batch_bytes = std::size_t{512} << 10U;
constexpr std::size_t batch_jobs = 64;
constexpr std::size_t piece_size = std::size_t{1} << 20U;

/// A file on its way to the disk: opened, filled piece by piece, closed when it is what it should be.
struct Writing {
  std::shared_ptr<const Fd> parent;
  std::string name;
  fs::path shown;
  Digest expected;
  mode_t mode;
  bool restrict;  ///< the umask would take something of the mode away
  Fd fd;
  Sha256 hash;

  void write(std::string_view bytes) {
    if (!fd) open();
    hash.update(bytes);
    write_all(fd.get(), bytes, "write " + shown.string());
  }
  void close(const std::string& bundle) {
    if (!fd) open();
    if (hash.finish() != expected) {
      throw Error("read " + bundle,
                  "the content of " + in_quotes(shown.filename().string()) + " (for " + shown.string() +
                      ") is not what its index says",
                  "Get it again from where it was made, and compare the SHA-256 of the two.");
    }
    if (::close(fd.release()) != 0) throw system_error("write " + shown.string());
  }

 private:
  void open() {
    fd =
        Fd(::openat(parent->get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    // an unusual umask must not take away what is part of the content
    if (!fd || (restrict && ::fchmod(fd.get(), mode) != 0)) throw system_error("write " + shown.string());
  }
};

class Installer final : public BundleVisitor {
 public:
  Installer(const BundleReader& reader, const InstallPlace& place, Voucher voucher, const Releases& releases,
            Progress& progress)
      : reader_(reader),
        index_(reader.index()),
        place_(place),
        voucher_(voucher),
        releases_(releases),
        progress_(progress),
        installed_(index_.entries.size()),
        restrict_((current_umask() & 0555U) != 0),
        large_(1, bytes_waiting),
        pool_(useful_threads(), bytes_waiting) {
    for (const BundleEntry& entry : index_.entries) total_ += entry.new_bytes;
  }

  std::vector<InstalledEntry> finish() {
    large_.finish();
    pool_.finish();
    return std::move(installed_);
  }

  bool begin(std::size_t number, const Contents& contents, const std::string& provenance) override {
    number_ = number;
    contents_ = &contents;
    check_pin(index_.entries[number]);
    entry_ = as_installed(index_.entries[number], voucher_, releases_);
    const BundleEntry& entry = entry_;
    provenance_ = installed_provenance(reader_, index_.entries[number], entry_, provenance, voucher_);
    progress_.phase("Unpacking " + entry.name);
    installed_[number].path = place_.path(entry);
    installed_[number].store_name = entry.store_name();
    lock_ = place_.lock(entry, progress_);
    installed_[number].was_there = place_.has(entry, contents);
    if (installed_[number].was_there) {
      if (place_.is_raised(entry)) place_.write_provenance(entry, provenance_);
      lock_.reset();
      done_ += entry.new_bytes;
      return false;
    }
    stage_.emplace(place_.path(entry));
    open_.clear();
    open_.push_back({"", opened(stage_->path())});
    return true;
  }

  void directory(const Item& item) override {
    const Parent& parent = parent_of(item.path);
    const std::string name = name_of(item.path);
    if (::mkdirat(parent.fd->get(), name.c_str(), 0755) != 0) throw system_error("make " + shown(item));
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    auto fd = std::make_shared<const Fd>(::openat(parent.fd->get(), name.c_str(), flags));
    if (!*fd) throw system_error("make " + shown(item));
    open_.push_back({item.path, std::move(fd)});
  }

  void symlink(const Item& item) override {
    if (::symlinkat(item.target.c_str(), parent_of(item.path).fd->get(), name_of(item.path).c_str()) != 0) {
      throw system_error("make " + shown(item));
    }
  }

  void begin_file(const Item& item) override {
    writing_ = std::make_shared<Writing>();
    writing_->parent = parent_of(item.path).fd;
    writing_->name = name_of(item.path);
    writing_->shown = shown(item);
    writing_->expected = item.digest;
    writing_->mode = item.executable ? 0555 : 0444;
    writing_->restrict = restrict_;
    in_pieces_ = item.size > piece_size;
    piece_.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(item.size, piece_size)));
  }

  void piece(std::string_view bytes) override {
    while (!bytes.empty()) {
      const std::string_view part = bytes.substr(0, piece_size - piece_.size());
      piece_ += part;
      bytes.remove_prefix(part.size());
      if (piece_.size() == piece_size) send(false);
    }
  }

  void end_file() override {
    send(true);
    writing_.reset();
    if (++files_ % 64 == 0) progress_.amount(done_, total_, "bytes");
  }

  void same_file(const Item& item, const BlobPlace& first) override {
    fs::path from = directory_of(first.entry) / first.path;
    const bool own = first.entry != number_ && installed_[first.entry].was_there;
    Job job = [this, from = std::move(from), own, item, parent = parent_of(item.path).fd, to = shown(item)] {
      if (own) check_own(from, item);
      link(from, item, *parent, to);
    };
    if (first.entry == number_) {
      links_.push_back(std::move(job));  // the file may still be on its way to the disk
    } else {
      add(512, std::move(job));
    }
  }

  void end() override {
    wait();
    for (Job& job : std::exchange(links_, {})) add(512, std::move(job));
    wait();
    check_entry(index_.entries[number_]);
    if (place_.seals_directories()) seal_directories();
    open_.clear();
    // the provenance first: an entry without one would not be found again, one without an entry harms nobody
    place_.write_provenance(entry_, provenance_);
    stage_->commit();
    stage_.reset();
    lock_.reset();
  }

 private:
  struct Parent {
    std::string path;
    std::shared_ptr<const Fd> fd;
  };

  static std::shared_ptr<const Fd> opened(const fs::path& directory) {
    auto fd = std::make_shared<const Fd>(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!*fd) throw system_error("write below " + directory.string());
    return fd;
  }

  /// The directory that the path lies in; those that the walk has left are closed.
  const Parent& parent_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string_view parent =
        slash == std::string::npos ? std::string_view() : std::string_view(path).substr(0, slash);
    while (open_.back().path != parent) open_.pop_back();
    return open_.back();
  }
  static std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }
  std::string shown(const Item& item) const { return (stage_->path() / item.path).string(); }

  fs::path directory_of(std::size_t entry) const {
    return entry == number_ ? stage_->path() : installed_[entry].path;
  }

  using Job = std::function<void()>;

  static mode_t current_umask() {
    const mode_t mask = ::umask(022);
    ::umask(mask);
    return mask;
  }

  /// Hands the piece on. What comes in several is written by one thread, in order; all else by whichever is
  /// free, many at a time, since most files are small.
  void send(bool last) {
    done_ += piece_.size();
    const std::size_t weight = piece_.size() + 512;
    Job job = [this, last, writing = writing_, piece = std::move(piece_)] {
      writing->write(piece);
      if (last) writing->close(reader_.name());
    };
    piece_ = {};
    if (in_pieces_) return large_.add(weight, std::move(job));
    add(weight, std::move(job));
  }

  void add(std::size_t weight, Job job) {
    batch_.push_back(std::move(job));
    batch_weight_ += weight;
    if (batch_.size() >= batch_jobs || batch_weight_ >= batch_bytes) send_batch();
  }
  void send_batch() {
    if (batch_.empty()) return;
    pool_.add(std::exchange(batch_weight_, 0), [batch = std::exchange(batch_, {})] {
      for (const Job& job : batch) job();
    });
  }
  void wait() {
    send_batch();
    large_.wait();
    pool_.wait();
  }

  /// A file of an entry that was there before: nobody has hashed it today.
  void check_own(const fs::path& file, const Item& item) {
    {
      const std::lock_guard lock(mutex_);
      if (!checked_.insert(blob_key(item)).second) return;
    }
    struct stat status = {};
    const bool same = ::lstat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
                      ((status.st_mode & S_IXUSR) != 0) == item.executable &&
                      sha256_file(file) == item.digest;
    if (same) return;
    throw Error("install from " + reader_.name(), file.string() + " is not what the bundle has there",
                "That entry is damaged, or was made by other means: remove it, and install again.");
  }

  static void link(const fs::path& from, const Item& item, const Fd& parent, const fs::path& to) {
    const std::string name = name_of(item.path);
    if (::linkat(AT_FDCWD, from.c_str(), parent.get(), name.c_str(), 0) == 0) return;
    if (errno != EMLINK && errno != EXDEV && errno != EPERM) throw system_error("make " + to.string());
    place_file(from, to, Place::copy);
    if (::chmod(to.c_str(), item.executable ? 0555 : 0444) != 0) throw system_error("make " + to.string());
  }

  void seal_directories() const {
    for (auto item = contents_->rbegin(); item != contents_->rend(); ++item) {
      if (item->type != Item::Type::directory) continue;
      const fs::path path = stage_->path() / item->path;
      if (::chmod(path.c_str(), 0555) != 0) throw system_error("seal " + path.string());
    }
    if (::chmod(stage_->path().c_str(), 0555) != 0) throw system_error("seal " + stage_->path().string());
  }

  [[noreturn]] void lies(const BundleEntry& entry, const std::string& why) const {
    refuse_claim(reader_, entry, why);
  }

  void check_pin(const BundleEntry& entry) const {
    if (entry.release.empty()) return;
    const Release& release = releases_.get(entry.release);
    if (release.source != entry.source) {
      lies(entry, "it was made from the source " + entry.source + ", and the pin of " + release.name() +
                      " is " + release.source);
    }
  }

  /// All hashes were right; now whether it is what the index calls it.
  void check_entry(const BundleEntry& entry) {
    if (entry.kind == Kind::modules) return;
    if (entry.kind == Kind::source) {
      const std::string nar = sri(nar_hash(stage_->path()).digest);
      if (nar != entry.source) lies(entry, "its NAR hash is " + nar + ", and the pin " + entry.source);
      return;
    }
    const Manifest manifest = read_manifest(stage_->path());
    const Kind kind = entry.kind == Kind::host ? Kind::toolchain : entry.kind;
    if (manifest.kind != kind || manifest.release != entry.release || manifest.source != entry.source ||
        manifest.port != entry.port || manifest.hosted_on != entry.hosted_on) {
      lies(entry, "its manifest is of something else");
    }
    if (voucher_ == Voucher::none) {
      const std::string name = "go" + entry.release + "-" + text(entry.kind) + "-" + entry.port->dashed();
      const bool fits = entry.name.starts_with(name) &&
                        (entry.name.size() == name.size() || entry.name[name.size()] == '-');
      if (!fits) lies(entry, "it is a " + name + " by its manifest");
      if (!manifest.profile.empty())
        provenance_.inputs = inputs_of(entry.kind, entry.release, entry.source, entry.port, manifest.profile);
    }
    const std::string why = why_not_as_in_manifest(*contents_, manifest);
    if (!why.empty()) lies(entry, why);
  }

  const BundleReader& reader_;
  const BundleIndex& index_;
  const InstallPlace& place_;
  Voucher voucher_;
  const Releases& releases_;
  Progress& progress_;
  std::vector<InstalledEntry> installed_;
  std::uint64_t done_ = 0, total_ = 0, files_ = 0;

  // the entry at hand
  std::size_t number_ = 0;
  const Contents* contents_ = nullptr;
  BundleEntry entry_;  ///< as it is installed
  Provenance provenance_;
  std::optional<FileLock> lock_;
  std::optional<Stage> stage_;
  std::vector<Parent> open_;  ///< the directories that the walk is in
  std::shared_ptr<Writing> writing_;
  std::string piece_;

  bool in_pieces_ = false;
  std::vector<Job> links_;  ///< to files of the same entry
  std::vector<Job> batch_;
  std::size_t batch_weight_ = 0;
  bool restrict_;

  std::mutex mutex_;               // guards what follows
  std::set<std::string> checked_;  ///< the blobs of entries that were there, as far as they were hashed
  ThreadPool large_, pool_;        // last: their threads use what stands above
};

}  // namespace

BundleEntry as_installed(const BundleEntry& entry, Voucher voucher, const Releases& releases) {
  BundleEntry installed = entry;
  if (voucher == Voucher::named_key) return installed;
  installed.key = entry.kind == Kind::source ? key_of(SourceStep{&releases.get(entry.release)}.inputs({}))
                                             : key_of_contents(entry.kind, entry.contents.digest);
  if (entry.kind == Kind::source) installed.name = "go" + entry.release + "-source";
  return installed;
}

std::vector<InstalledEntry> install_bundle(BundleReader& reader, const InstallPlace& place, Voucher voucher,
                                           const Releases& releases, Progress& progress) {
  Installer installer(reader, place, voucher, releases, progress);
  reader.walk(installer);
  return installer.finish();
}

void require_runs_here(const BundleIndex& index) {
  for (const BundleEntry& entry : index.entries) {
    if (entry.kind != Kind::sdk && entry.kind != Kind::host) continue;
    if (entry.hosted_on == own_port()) continue;
    throw Error(
        "install " + entry.name + " into a store",
        "it runs on " + entry.hosted_on->text() + ", and this is " + own_port().text(),
        "`gostrap bundle install --to DIR` unpacks it into a directory all the same; a board needs the "
        "toolchain that is hosted on it: gostrap bundle create --hosted " +
            own_port().text());
  }
}

}  // namespace gostrap
