#include "seed/seed.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"

#include <algorithm>

namespace gostrap {
namespace {

constexpr const char* program_place = "bin/go_cache";
constexpr const char* std_place = "share/std";

/// What the index of a module's or a standard library's directory begins with (cmd/go/internal/modindex,
/// build_read.go). It is known by the directory's place and times.
constexpr std::string_view directory_index = "go index v";

/// What it notes of a C compiler: which one stood at a path, and whether that one takes a flag
/// (gccCompilerID and gccSupportsFlag in cmd/go/internal/work/exec.go). Both are known by the path, the times
/// of what is there, or both.
bool is_of_c_compiler(std::string_view bytes) {
  constexpr std::string_view stat{"\0stat ", 6};
  return bytes == "true" || bytes == "false" ||
         (bytes.starts_with('/') && bytes.find(stat) != std::string_view::npos);
}

bool has_place(std::string_view bytes) {
  return bytes.starts_with(directory_index) || is_of_c_compiler(bytes);
}

/// Puts the bytes of a result to `to`, unless another action has brought them; false where it is none for
/// everybody.
bool take(const fs::path& from, const SeedResult& result, const fs::path& to) {
  const auto require = [&](bool is_right) {
    if (!is_right) throw Error("take " + from.string(), "it is not what its name says");
  };
  if (fs::exists(to)) {
    require(fs::file_size(to) == result.size);
    return true;
  }
  if (fs::is_directory(from)) return false;  // a program lies under its name in a directory
  const std::string bytes = read_file(from);
  if (has_place(bytes)) return false;
  require(sha256(bytes) == result.output && bytes.size() == result.size);
  create_file(to, bytes);  // the results may lie on another file system
  return true;
}

}  // namespace

fs::path seed_index(const fs::path& output) {
  return output / std_place / "index";
}

fs::path seed_file(const fs::path& output, const SeedResult& result) {
  std::string size = std::to_string(result.size);
  size.insert(0, size.size() < 9 ? 9 - size.size() : 0, '0');
  return output / std_place / (size + "-" + hex(result.output));
}

std::optional<Digest> output_named(std::string_view file) {
  if (file.ends_with("-d")) {
    file.remove_suffix(2);
  } else {
    file.remove_prefix(std::min(file.find('-'), file.size() - 1) + 1);
  }
  return digest_in_hex(file);
}

fs::path seed_program(const fs::path& output) {
  return output / program_place;
}

std::string seed_command(const fs::path& output) {
  const std::string path = seed_program(output).string();
  if (path.find_first_of(" \t\r\n'\"") == std::string::npos) return path;
  if (path.find('\'') != std::string::npos && path.find('"') != std::string::npos) return {};
  const char quote = path.find('\'') == std::string::npos ? '\'' : '"';
  return quote + path + quote;
}

void lay_out_seed(const fs::path& results, const fs::path& to) {
  const fs::path list = results / "taken";
  SeedIndex index = read_results(read_file(list), list.string());
  make_directories(to / std_place);
  std::erase_if(index, [&](const auto& each) {
    const SeedResult& result = each.second;
    return !take(results / (hex(result.output) + "-d"), result, seed_file(to, result));
  });
  create_file(seed_index(to), to_text(index));
  make_directories(seed_program(to).parent_path());
  create_file(seed_program(to), read_file(results / "go_cache"), true);
}

}  // namespace gostrap
