#include "tlog/kept.hpp"

#include "support/encoding.hpp"
#include "support/files.hpp"

#include <algorithm>

namespace gostrap {
namespace {

constexpr std::string_view fork_start = "fork-";

/// A name as one part of a path, whatever it is.
std::string part_of_path(const std::string& name) {
  std::string part;
  for (const char each : name) {
    const bool plain = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
                       (each >= '0' && each <= '9') || each == '-' || each == '_' || each == '+' ||
                       (each == '.' && !part.empty());
    part += plain ? std::string(1, each) : "%" + hex(std::string_view(&each, 1));
  }
  return part.size() <= 200 ? part : hex(sha256(name));
}

}  // namespace

KeptCheckpoints::KeptCheckpoints(const fs::path& root, LogKey key)
    : key_(std::move(key)), directory_(root / "checkpoints" / part_of_path(key_.short_text())) {}

std::optional<Checkpoint> KeptCheckpoints::latest() const {
  const fs::path file = directory_ / "latest";
  std::error_code hidden;
  if (!fs::exists(file, hidden)) return std::nullopt;
  return read_checkpoint(read_file(file, longest_log_file), key_, file.string());
}

void KeptCheckpoints::keep(const Checkpoint& tree) const {
  make_directories(directory_);
  write_file(directory_ / "latest", tree.note);
}

fs::path KeptCheckpoints::keep_fork(const Checkpoint& before, const Checkpoint& now,
                                    const std::string& proof) const {
  const std::string name = hex(sha256(before.note + now.note)).substr(0, 16);
  const fs::path place = directory_ / (std::string(fork_start) + name);
  make_directories(place);
  write_file(place / "before", before.note);
  write_file(place / "now", now.note);
  if (!proof.empty()) write_file(place / "proof", proof);
  return place;
}

std::vector<fs::path> KeptCheckpoints::forks() const {
  std::vector<fs::path> found;
  std::error_code failed;
  for (const auto& each : fs::directory_iterator(directory_, failed)) {
    if (each.path().filename().string().starts_with(fork_start)) found.push_back(each.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace gostrap
