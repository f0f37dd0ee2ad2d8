#include "source/goroot.hpp"

#include "support/files.hpp"
#include "support/strings.hpp"

namespace gostrap {

std::string version_line(const fs::path& goroot) {
  return first_line(read_file(goroot / "VERSION", 4096));
}

Port default_port(const fs::path& goroot, const Port& otherwise) {
  Port port = otherwise;
  if (!fs::is_regular_file(goroot / "go.env")) return port;
  const std::string text = read_file(goroot / "go.env");
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with("GOOS=") && line != "GOOS=") port.goos = line.substr(5);
    if (line.starts_with("GOARCH=") && line != "GOARCH=") port.goarch = line.substr(7);
  }
  return port;
}

bool is_source_tree(const fs::path& directory) {
  return fs::is_regular_file(directory / "VERSION") && fs::is_regular_file(directory / "src" / "make.bash");
}

}  // namespace gostrap
