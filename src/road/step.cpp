#include "road/step.hpp"

namespace gostrap {

Output output_of(const Step& step) {
  return std::visit([](const auto& each) { return each.output(); }, step);
}

std::vector<Need> needs_of(const Step& step) {
  return std::visit([](const auto& each) { return each.needs(); }, step);
}

std::string inputs_of(const Step& step, const Keys& keys) {
  return std::visit([&](const auto& each) { return each.inputs(keys); }, step);
}

Making make(const Step& step, const Outputs& of, const std::filesystem::path& place,
            const Workshop& workshop) {
  return std::visit([&](const auto& each) { return each.make(of, place, workshop); }, step);
}

const std::vector<Patch>& patches_of(const Step& step) {
  static const std::vector<Patch> none;
  if (const auto* const source = std::get_if<PatchedSourceStep>(&step)) return source->patches;
  if (const auto* const host = std::get_if<HostStep>(&step)) return host->patches;
  return none;
}

}  // namespace gostrap
