// The files that a C compiler is made of, as far as they decide its bits, and Debian's packages that they are
// in.
#pragma once

#include "release/c_compiler.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gostrap {

/// Each file once, by the first name that it was added under.
class PartList {
 public:
  void add(const std::string& name, const std::filesystem::path& place);
  std::vector<CPart> finished() const { return parts_; }

 private:
  std::vector<CPart> parts_;
};

/// The files that a linker has named as it took them (--trace), each once, but for those in `work`.
std::vector<std::string> linked_files(const std::vector<std::string>& trace,
                                      const std::filesystem::path& work);

/// The libraries that a compiler's program is itself made of: LLVM's, and those of binutils. None of those
/// that all programs of the machine have.
std::vector<std::string> own_libraries(const std::filesystem::path& program);

/// What dpkg knows of them: name and version. Empty where there is no dpkg.
std::map<std::string, std::string> packages_of(const std::vector<CPart>& parts);

/// The names of parts that are not what they were: gone, or another file. One of another size is not read; by
/// their sizes alone none is.
enum class Compare { contents, sizes };
std::vector<std::string> changed_parts(const CCompiler& compiler, Compare compare = Compare::contents);

}  // namespace gostrap
