#include "download/part.hpp"

#include "support/error.hpp"
#include "support/interrupt.hpp"
#include "support/json.hpp"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace gostrap {
namespace {

fs::path beside(const fs::path& file, const char* ending) {
  return file.string() + ending;
}

Json to_json(const PartOrigin& origin) {
  Json json = {{"url", origin.url}, {"validator", origin.validator}};
  if (origin.size) json["size"] = *origin.size;
  return json;
}

PartOrigin origin_in(const JsonView& json) {
  PartOrigin origin{json.string("url"), json.string("validator")};
  if (json.has("size") && json.at("size").raw().is_number_unsigned())
    origin.size = json.at("size").raw().get<std::uint64_t>();
  return origin;
}

}  // namespace

bool continues(const HttpAnswer& answer, const PartOrigin& origin, std::uint64_t size) {
  const std::optional<ContentRange> range = parse_content_range(answer.content_range);
  if (!range || range->first != size) return false;
  if (range->size && origin.size && *range->size != *origin.size) return false;
  const std::optional<std::uint64_t> whole = range->size ? range->size : origin.size;
  if (!whole || range->last + 1 != *whole) return false;
  if (answer.length && *answer.length != *whole - size) return false;
  const std::string now = validator_of(answer);
  return now.empty() || now == origin.validator || now.front() != origin.validator.front();
}

PassingLock::~PassingLock() {
  ::unlink(file_.c_str());  // while it is held: who waits for it sees that another file has its name then
}

Part::Part(const fs::path& file, Progress& progress)
    : file_(file),
      path_(beside(file, ".part")),
      note_(beside(file, ".part.json")),
      doing_("write " + path_.string()),
      lock_(beside(file, ".part.lock"),
            [&] { progress.note("waiting for another gostrap, which is downloading " + file.string()); }) {
  fd_ = Fd(::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666));
  if (!fd_) throw system_error(doing_);
  struct stat status = {};
  if (::fstat(fd_.get(), &status) != 0) throw system_error(doing_);
  if (!S_ISREG(status.st_mode)) throw Error(doing_, "it is no regular file");
  size_ = static_cast<std::uint64_t>(status.st_size);
  read_note();
}

Part::~Part() {
  const bool can_be_added_to = fd_ && size_ > 0 && !origin_.validator.empty();
  if (!can_be_added_to) {
    if (fd_) ::unlink(path_.c_str());
    ::unlink(note_.c_str());
  }
}

void Part::read_note() {
  if (size_ > 0 && !fs::exists(note_)) {
    fd_ = Fd();
    throw Error(doing_, "it is there already, and gostrap did not make it",
                "Move it away, or name another place for " + file_.string() + ".");
  }
  try {
    const JsonDocument note(read_file(note_), note_.string());
    origin_ = origin_in(note.view());
  } catch (const Error&) {
    origin_ = PartOrigin();  // not there, or not what we write: the part is of no use
  }
  const bool too_long = origin_.size && size_ > *origin_.size;
  if (too_long || !can_be_validator(origin_.validator)) origin_ = PartOrigin();
}

bool Part::is_of(const std::string& url) const {
  return size_ > 0 && !origin_.validator.empty() && origin_.url == url;
}

void Part::discard() {
  origin_ = PartOrigin();
  if (::ftruncate(fd_.get(), 0) != 0) throw system_error(doing_);
  ::unlink(note_.c_str());
  size_ = 0;
  hash_.emplace();
}

void Part::begin(PartOrigin origin) {
  discard();
  write_file(note_, to_text(to_json(origin)));  // first: by it a part is known for ours
  origin_ = std::move(origin);
}

void Part::append(std::string_view bytes) {
  hash_what_is_there();
  write_all(fd_.get(), bytes, doing_);
  size_ += bytes.size();
  hash_->update(bytes);
}

void Part::hash_what_is_there() {
  if (hash_) return;
  Sha256 hash;
  read_in_pieces(path_, [&](std::string_view piece) {
    check_interrupt();
    hash.update(piece);
  });
  hash_ = std::move(hash);
}

Digest Part::digest() {
  hash_what_is_there();
  const Digest digest = hash_->finish();
  hash_.reset();
  return digest;
}

bool Part::looks_like_a_page() const {
  const std::string start = first_bytes(open_for_reading(path_), 64);
  const std::size_t first = start.find_first_not_of("\xEF\xBB\xBF \t\r\n");  // a byte order mark, and space
  return first != std::string::npos && start[first] == '<';
}

void Part::commit() {
  // where the disk is another machine's, closing tells that it is full
  if (::close(fd_.release()) != 0 || ::rename(path_.c_str(), file_.c_str()) != 0) {
    const Error failed = system_error("write " + file_.string());
    ::unlink(path_.c_str());
    throw failed;
  }
}

}  // namespace gostrap
