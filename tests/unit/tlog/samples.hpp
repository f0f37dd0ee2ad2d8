// What the tests of logs share. log/ beside this is a log of 300 records, written by tests/lib/write-log,
// which is golang.org/x/mod/sumdb and nothing of ours:
//   write-log -name unit.example -records R -size 300 tree log
// where R is "123 golang.org/toolchain v0.0.1-go1.24.4.linux-amd64" and the hashes below. `proof` beside it
// is by `proof`, `before` the latest of -size 270, `fork_now` and `fork_before` those with -fork 5.
#pragma once

#include "bundle/signature.hpp"
#include "sdk/module.hpp"
#include "support/encoding.hpp"
#include "support/hash.hpp"
#include "support/testing.hpp"
#include "tlog/lookup.hpp"
#include "tlog/note.hpp"
#include "tlog/source.hpp"

#include <string>

namespace gostrap::testing {

inline const fs::path log_files = fs::path(GOSTRAP_TEST_FILES) / "unit/tlog/log";
inline const LogKey log_key =
    parse_log_key("unit.example+ba535fb8+AQzio/Sxh+qQt8Cy8xV/ZS9nAfcNsveFB002hP2arafi");
inline const std::string logged_version = "v0.0.1-go1.24.4.linux-amd64";
inline const ModuleHashes logged_hashes{"h1:nm4Il5pypT+vEB1UPY4e+r1p/0HoRr/2jjj+dwb8KhA=",
                                        "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0="};
inline const std::string logged_record =
    record_of(toolchain_module, logged_version, logged_hashes.zip, logged_hashes.mod);

inline std::string log_file(const std::string& path) {
  return read_file(log_files / path);
}
inline const std::string lookup_file = "lookup/golang.org/toolchain@v0.0.1-go1.24.4.linux-amd64";

/// sum.golang.org's own: what README files and tests of other projects show of it.
inline const std::string real_note =
    "go.sum database tree\n6476701\nmb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=\n\n"
    "— sum.golang.org "
    "Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nPRYfvimWEPWL+o3GeoWwOoAw=\n";
inline const std::string real_lookup =
    "2580307\n"
    "github.com/google/uuid v1.2.0 h1:qJYtXnJRWmpe7m/3XlyhrsLrEURqHRM2kxzoxXqyUDs=\n"
    "github.com/google/uuid v1.2.0/go.mod h1:TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=\n\n"
    "go.sum database tree\n3935567\nSapHtgdNCeF00Cx8kqztePV24kgzNg++Xovae42HAMw=\n\n"
    "— sum.golang.org "
    "Az3grsm7Wm4CVNR1RHq9BFnu9jzcRlU2uw7lr0gfUWgO6+rqPNjT+fUTl9gH0NRTgdwW9nItuQSMbhSaLCsk8YeYSAs=\n";

inline std::string without_end(std::string text) {
  text.pop_back();
  return text;
}

/// A key of a test's own, and what it signs.
class OwnLog {
 public:
  explicit OwnLog(std::string name = "own.example") : private_(PrivateKey::generate()) {
    const std::string raw = private_.public_key().raw();
    const std::string bytes = std::string(1, '\1') + raw;
    const std::string hash = hex(sha256(name + "\n" + bytes)).substr(0, 8);
    key = parse_log_key(name + "+" + hash + "+" + base64(bytes));
  }
  std::string signature(const std::string& text) const {
    std::string four;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) four += static_cast<char>(key.id >> shift);
    return "— " + key.name + " " + base64(four + private_.sign(text)) + "\n";
  }
  std::string note(const std::string& text) const { return text + "\n" + signature(text); }
  std::string tree(std::uint64_t size, const Digest& root) const {
    return note("go.sum database tree\n" + std::to_string(size) + "\n" + base64(bytes_of(root)) + "\n");
  }

  LogKey key;

 private:
  PrivateKey private_;
};

}  // namespace gostrap::testing
