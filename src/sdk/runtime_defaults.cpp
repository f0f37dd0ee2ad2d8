#include "sdk/runtime_defaults.hpp"

#include "release/setting.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

namespace gostrap {
namespace {

constexpr const char* pacer = "src/runtime/mgcpacer.go";
constexpr const char* runtime = "src/runtime/runtime.go";
constexpr const char* runtime1 = "src/runtime/runtime1.go";

class Editor {
 public:
  explicit Editor(const fs::path& goroot) : goroot_(goroot) {}

  /// Replaces `from`, which must stand in the file exactly once.
  void replace(const char* file, const std::string& from, const std::string& to) {
    const auto [at, opened] = files_.try_emplace(file);
    std::string& text = at->second;
    if (opened) text = read_file(goroot_ / file);
    const std::size_t place = text.find(from);
    if (place == std::string::npos || text.find(from, place + 1) != std::string::npos) {
      throw Error(
          "compile a default into the runtime",
          (goroot_ / file).string() + " is not as expected: it should have once, and has " +
              (place == std::string::npos ? "nowhere" : "more than once") + ":\n" + from,
          "This release keeps it elsewhere: set the variable in the environment of the program instead.");
    }
    text.replace(place, from.size(), to);
  }

  std::map<std::string, std::string> files() && { return std::move(files_); }

 private:
  const fs::path& goroot_;
  std::map<std::string, std::string> files_;
};

/// readGOGC: the text between its first lines and its last is not the same in all releases.
void set_gogc(Editor& editor, const fs::path& goroot, const std::string& value) {
  const std::string begin =
      "\nfunc readGOGC() int32 {\n\tp := gogetenv(\"GOGC\")\n\tif p == \"off\" {\n\t\treturn -1\n\t}\n";
  const std::string text = read_file(goroot / pacer);
  const std::size_t start = text.find(begin);
  const std::size_t end = start == std::string::npos ? start : text.find("\n}\n", start);
  const std::string whole = end == std::string::npos ? begin : text.substr(start, end + 3 - start);
  const std::string last = "\treturn 100\n}\n";
  if (!whole.ends_with(last)) return editor.replace(pacer, begin + last, "");  // to say what is expected
  const std::string without = whole.substr(0, whole.size() - last.size());
  editor.replace(pacer, whole, without + "\treturn " + (value == "off" ? "-1" : value) + "\n}\n");
}

void set_memory_limit(Editor& editor, const std::string& value) {
  const std::string begin = "func readGOMEMLIMIT() int64 {\n\tp := gogetenv(\"GOMEMLIMIT\")\n";
  const std::string bytes = std::to_string(byte_count(value).value());
  editor.replace(pacer, begin + "\tif p == \"\" || p == \"off\" {\n",
                 begin + "\tif p == \"\" {\n\t\treturn " + bytes + "\n\t}\n\tif p == \"off\" {\n");
}

/// The settings are read before what the linker puts into godebugDefault: at the start, when the environment
/// changes, and by the packages that ask internal/godebug.
void set_debug(Editor& editor, const std::string& value) {
  const std::string start = "\tparsegodebug(godebugDefault, nil)\n";
  editor.replace(runtime1, start, "\tparsegodebug(\"" + value + "\", nil)\n" + start);
  const std::string again = "\tparsegodebug(godebugDefault, seen)\n";
  editor.replace(runtime1, again, again + "\tparsegodebug(\"" + value + "\", seen)\n");
  editor.replace(runtime, "\t\t(*update)(godebugDefault, env)\n",
                 "\t\t(*update)(\"" + value + ",\"+godebugDefault, env)\n");
}

}  // namespace

std::set<std::string> runtime_default_files() {
  return {pacer, runtime, runtime1};
}

std::map<std::string, std::string> with_runtime_defaults(const fs::path& goroot,
                                                         const std::map<std::string, std::string>& defaults) {
  Editor editor(goroot);
  for (const auto& [name, value] : defaults) {
    if (name == "GOGC") set_gogc(editor, goroot, value);
    if (name == "GOMEMLIMIT") set_memory_limit(editor, value);
    if (name == "GODEBUG") set_debug(editor, value);
  }
  return std::move(editor).files();
}

}  // namespace gostrap
