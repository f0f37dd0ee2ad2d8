#include "road/output.hpp"

namespace gostrap {

std::string Output::name() const {
  std::string name = release->name() + "-" + text(kind);
  if (has_port(kind)) name += "-" + port.dashed();
  if (reference) name += "-reference";
  return name + profile.suffix();
}

}  // namespace gostrap
