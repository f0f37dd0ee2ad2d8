#include "sdk/check.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>

namespace gostrap {

bool all_hold(const std::vector<Check>& checks) {
  return std::none_of(checks.begin(), checks.end(),
                      [](const Check& check) { return check.result == Check::Result::failed; });
}

bool is_trouble_of_machine(const Error& error) {
  std::string why = error.why();
  std::transform(why.begin(), why.end(), why.begin(),
                 [](unsigned char each) { return static_cast<char>(std::tolower(each)); });
  for (const int number : {ENOSPC, EDQUOT, EROFS, EIO, ENOMEM, EMFILE, ENFILE, EACCES, EPERM}) {
    std::string text = errno_text(number);
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char each) { return static_cast<char>(std::tolower(each)); });
    if (why.find(text) != std::string::npos) return true;
  }
  return false;
}

void shorten(std::vector<std::string>& details) {
  constexpr std::size_t most = 10;
  if (details.size() <= most) return;
  const std::size_t more = details.size() - most;
  details.resize(most);
  details.push_back("… and " + std::to_string(more) + " more");
}

}  // namespace gostrap
