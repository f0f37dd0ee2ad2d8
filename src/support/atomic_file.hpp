// A file of gostrap's own that takes its place at once, so that nobody ever reads half of it. What a user
// named is written by OutputFile (output_file.hpp).
#pragma once

#include "support/files.hpp"

#include <string>
#include <string_view>

namespace gostrap {

class AtomicFile {
 public:
  /// What the name of a temporary ends with.
  static constexpr const char* ending = ".tmp";

  /// Makes nothing yet. `doing` stands in an error: "write FILE", where it is not given.
  explicit AtomicFile(fs::path place, std::string doing = {});
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Makes the temporary at the first call, also where there is nothing to write.
  void write(std::string_view text);
  /// Beside the place: for who makes it by other means, such as a link.
  const fs::path& temporary() const { return temporary_; }
  /// Puts it in its place, over what is there; without it the temporary goes with the object.
  void commit();
  /// The same, for what has its name by its content.
  void commit_as(const fs::path& place);

 private:
  void put_at(const fs::path& place, const std::string& doing);

  fs::path place_, temporary_;
  std::string doing_;
  Fd fd_;
};

}  // namespace gostrap
