#include "compile/refusals.hpp"

namespace gostrap {

std::optional<Refusal> why_not_compiled(const Port& port, Feature feature, const Release& release) {
  if (auto refusal = why_not(port, feature, release)) return refusal;
  const bool with_c = needs_c(port, feature, release.version);
  if (feature == Feature::pie && !with_c) return std::nullopt;
  return Refusal{
      port.text(), option(feature),
      with_c ? "it takes a C toolchain for the port, and gostrap compile runs none"
             : "gostrap compile makes programs of mode exe and pie, and does not instrument them",
      with_c ? "The SDK's own go command does it, with CGO_ENABLED=1 and CC a C compiler for the port."
             : "The SDK's own go command does it.",
      ""};
}

SettledMode settled_mode(const AskedMode& asked, bool fallback, const Port& port, const Release& release) {
  SettledMode settled{asked.mode, {}};
  for (const Feature each : asked.features) {
    const std::optional<Refusal> refusal = why_not_compiled(port, each, release);
    if (!refusal) {
      settled.mode = text(each);
      continue;
    }
    if (!fallback || !refusal->instead) throw refusal->error();
    settled.left_out.push_back(refusal->text() + ". " + option(each) + " is left out.");
  }
  return settled;
}

}  // namespace gostrap
