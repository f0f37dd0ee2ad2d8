#include "source/git_pack_store.hpp"

#include <git2/sys/repository.h>

#include <cstring>
#include <utility>

namespace gostrap::git {
namespace {

git_object_t type_of(const PackReader::Object& object) {
  return static_cast<git_object_t>(object.type);
}
static_assert(GIT_OBJECT_COMMIT == static_cast<int>(PackReader::Type::commit));
static_assert(GIT_OBJECT_TAG == static_cast<int>(PackReader::Type::tag));

}  // namespace

PackStore::PackStore(const Limits& limits, std::string doing)
    : doing_(std::move(doing)), reader_(limits, doing_) {
  check(git_odb_init_backend(&backend_, GIT_ODB_BACKEND_VERSION), doing_);
  backend_.store = this;
  backend_.read = [](void** data, std::size_t* size, git_object_t* type, git_odb_backend* self,
                     const git_oid* id) {
    const PackReader::Object* const object = of(self).find(*id);
    if (object == nullptr) return static_cast<int>(GIT_ENOTFOUND);
    *data = git_odb_backend_data_alloc(self, object->content.size());
    if (*data == nullptr) return static_cast<int>(GIT_ERROR);
    std::memcpy(*data, object->content.data(), object->content.size());
    *size = object->content.size();
    *type = type_of(*object);
    return 0;
  };
  backend_.read_header = [](std::size_t* size, git_object_t* type, git_odb_backend* self, const git_oid* id) {
    const PackReader::Object* const object = of(self).find(*id);
    if (object == nullptr) return static_cast<int>(GIT_ENOTFOUND);
    *size = object->content.size();
    *type = type_of(*object);
    return 0;
  };
  backend_.exists = [](git_odb_backend* self, const git_oid* id) {
    return of(self).find(*id) != nullptr ? 1 : 0;
  };
  backend_.writepack = [](git_odb_writepack** out, git_odb_backend* self, git_odb*,
                          git_indexer_progress_cb progress, void* payload) {
    PackStore& store = of(self);
    store.writer_.progress = progress;
    store.writer_.payload = payload;
    *out = &store.writer_;
    return 0;
  };
  backend_.free = [](git_odb_backend*) {};  // it is a part of the store

  writer_.backend = &backend_;
  writer_.store = this;
  writer_.append = [](git_odb_writepack* self, const void* data, std::size_t size,
                      git_indexer_progress* stats) {
    return static_cast<Writer*>(self)->store->guarded(stats, false, {static_cast<const char*>(data), size});
  };
  writer_.commit = [](git_odb_writepack* self, git_indexer_progress* stats) {
    return static_cast<Writer*>(self)->store->guarded(stats, true, {});
  };
  writer_.free = [](git_odb_writepack*) {};
}

/// Runs inside of libgit2: no exception may leave it.
int PackStore::guarded(git_indexer_progress* stats, bool last, std::string_view bytes) noexcept {
  try {
    last ? reader_.finish() : reader_.append(bytes);
    stats->total_objects = reader_.total();
    stats->received_objects = stats->indexed_objects = reader_.received();
  } catch (...) {
    failure = std::current_exception();
    return GIT_EUSER;
  }
  return writer_.progress == nullptr ? 0 : writer_.progress(stats, writer_.payload);
}

void PackStore::install(git_repository& repository) {
  const Odb odb = made<Odb>(doing_, [](git_odb** out) { return git_odb_new(out); });
  check(git_odb_add_backend(odb.get(), &backend_, 1), doing_);
  check(git_repository_set_odb(&repository, odb.get()), doing_);
}

const PackReader::Object* PackStore::find(const git_oid& id) const {
  ObjectId key{};
  std::memcpy(key.data(), id.id, key.size());
  return reader_.find(key);
}

const PackReader::Object& PackStore::read(const git_oid& id) const {
  const PackReader::Object* const object = find(id);
  if (object == nullptr) throw Error(doing_, "it did not send the object " + text(id));
  return *object;
}

}  // namespace gostrap::git
