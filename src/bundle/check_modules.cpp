#include "bundle/check_modules.hpp"

#include "bundle/contents.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"

#include <string>

namespace gostrap {

Check check_modules(const StoreEntry& entry) {
  const Contents contents = TreeRecorder().record({fs::canonical(entry.path)}).front();
  const std::string key = key_of_contents(entry.kind, sha256(to_text(contents)));
  if (key != entry.key())
    return {"contents", Check::Result::failed, "they hash to " + key + ", not to the key in its name", {}};
  return {"contents",
          Check::Result::passed,
          std::to_string(count_files(contents)) + " files, and their hash is the key in its name",
          {}};
}

}  // namespace gostrap
