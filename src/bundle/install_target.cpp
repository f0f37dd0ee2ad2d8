#include "bundle/install_target.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/stage.hpp"

namespace gostrap {
namespace {

class StoreTarget final : public InstallTarget {
 public:
  StoreTarget(const Store& store, Voucher voucher) : store_(store), voucher_(voucher) {}
  void prepare() override { store_.prepare(); }
  fs::path path(const BundleEntry& entry) const override { return store_.root() / entry.store_name(); }
  std::optional<FileLock> lock(const BundleEntry& entry, Progress& progress) const override {
    return FileLock(store_.root() / "locks" / entry.key,
                    [&] { progress.note("Another gostrap is making " + entry.name + ": waiting for it."); });
  }
  bool has(const BundleEntry& entry, const Contents& contents) const override {
    const std::string name = entry.store_name();
    if (!fs::is_directory(path(entry)) || !fs::exists(store_.provenance_file(name))) return false;
    if (voucher_ != Voucher::named_key || !store_.is_strangers(name)) return true;
    // somebody whom the user trusts vouches for these very files, or else for others under that key
    if (TreeRecorder().record({path(entry)}).front() == contents) return true;
    store_.move_aside(name);
    return false;
  }
  bool is_raised(const BundleEntry& entry) const override {
    return voucher_ == Voucher::named_key && store_.is_strangers(entry.store_name());
  }
  void write_provenance(const BundleEntry& entry, const Provenance& provenance) const override {
    const HeldDirectory work(store_.work(), entry.store_name(), 0755);
    store_.keep_provenance(entry.store_name(), provenance, work.path());
  }
  bool seals_directories() const override { return true; }

 private:
  const Store& store_;
  Voucher voucher_;
};

class DirectoryTarget final : public InstallTarget {
 public:
  explicit DirectoryTarget(const fs::path& directory)
      : directory_(fs::absolute(directory).lexically_normal()) {}
  void prepare() override {
    make_directories(directory_);
    const FileLock lock = FileLock::of_directory(directory_, {});
    remove_stale_stages(directory_);
  }
  fs::path path(const BundleEntry& entry) const override { return directory_ / entry.name; }
  std::optional<FileLock> lock(const BundleEntry& entry, Progress& progress) const override {
    return FileLock::of_directory(directory_, [&] {
      progress.note("Another gostrap installs there: " + entry.name + " waits for it.");
    });
  }
  bool has(const BundleEntry& entry, const Contents& contents) const override {
    const bool there = fs::exists(fs::symlink_status(path(entry)));
    const fs::path beside = provenance_beside(entry);
    // one of ours alone is what an install that was killed left
    if (!there && (!fs::exists(fs::symlink_status(beside)) || read_entry(beside))) return false;
    if (fs::is_directory(fs::symlink_status(path(entry))) &&
        TreeRecorder().record({path(entry)}).front() == contents) {
      return true;
    }
    throw Error("install " + (there ? path(entry) : beside).string(), "something else is there already",
                "Name another directory, or remove it first.");
  }
  void write_provenance(const BundleEntry& entry, const Provenance& provenance) const override {
    write_file(provenance_beside(entry), to_text(provenance));
  }
  bool is_raised(const BundleEntry& /*entry*/) const override { return false; }
  bool seals_directories() const override { return false; }

 private:
  fs::path provenance_beside(const BundleEntry& entry) const {
    return path(entry).string() + ".provenance.json";
  }

  fs::path directory_;
};

}  // namespace

std::unique_ptr<InstallTarget> store_target(const Store& store, Voucher voucher) {
  return std::make_unique<StoreTarget>(store, voucher);
}

std::unique_ptr<InstallTarget> directory_target(const fs::path& directory) {
  return std::make_unique<DirectoryTarget>(directory);
}

}  // namespace gostrap
