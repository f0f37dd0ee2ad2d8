#include "image/build_info.hpp"

#include "support/files.hpp"

#include <string_view>

namespace gostrap {

std::map<std::string, std::string> build_settings(const fs::path& program) {
  // The text stands in the program as lines "build\tNAME=VALUE" (debug.ParseBuildInfo). One that is cut by
  // two pieces is seen whole in the second, which begins with the end of the first.
  constexpr std::string_view mark = "\nbuild\t";
  constexpr std::size_t longest = 4096;
  std::map<std::string, std::string> settings;
  std::string text;
  read_in_pieces(program, [&](std::string_view piece) {
    text.erase(0, text.size() > longest ? text.size() - longest : 0);
    text += piece;
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
      const std::size_t begin = at + mark.size();
      const std::size_t end = text.find('\n', begin);
      const std::size_t equals = text.find('=', begin);
      if (end == std::string::npos || equals >= end) continue;
      settings.emplace(text.substr(begin, equals - begin), text.substr(equals + 1, end - equals - 1));
    }
  });
  return settings;
}

}  // namespace gostrap
