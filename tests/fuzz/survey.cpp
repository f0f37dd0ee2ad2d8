// What a source tree says of itself, before anything vouches for it (`release add`). The input is three
// files, with a byte 0 between them.
#include "source/survey.hpp"

#include "fuzz.hpp"

using namespace gostrap;

FUZZ(input) {
  const fuzz::Box box;
  for (const char* const name : {"VERSION", "src/make.bash", "src/internal/platform/zosarch.go"}) {
    const std::size_t end = std::min(input.find('\0'), input.size());
    make_directories((box.destination() / name).parent_path());
    create_file(box.destination() / name, input.substr(0, end));
    input.remove_prefix(std::min(end + 1, input.size()));
  }
  fuzz::accepted([&] {
    const Survey survey = survey_source(box.destination());
    fuzz::require(!survey.ports.empty(), "a survey has ports");
  });
}
