#include "toolchain/defaults.hpp"

namespace gostrap {

std::optional<std::string> with_default(std::string zbootstrap, const std::string& name,
                                        const std::string& value) {
  for (const char* prefix : {"\nconst Default", "\nconst default"}) {
    const std::string start = prefix + name + " = `";
    const std::size_t at = zbootstrap.find(start);
    if (at == std::string::npos) continue;
    const std::size_t begin = at + start.size();
    const std::size_t end = zbootstrap.find("`\n", begin);
    if (end == std::string::npos) continue;
    return zbootstrap.replace(begin, end - begin, value);
  }
  return std::nullopt;
}

}  // namespace gostrap
