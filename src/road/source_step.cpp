#include "road/source_step.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {

std::string SourceStep::inputs(const Keys& /*keys*/) const {
  return begun_inputs(output()).dump();
}

Making SourceStep::make(const Outputs& /*of*/, const fs::path& place, const Workshop& workshop) const {
  const SourceRequest request = request_for(*release, workshop.sources, workshop.work);
  const SourceReceipt receipt = obtain_source(*release, request, place, workshop.progress);
  seal_tree(place);
  Making made;
  made.origin = receipt.origin;
  made.origin_kind = receipt.kind;
  made.nar = sri(receipt.nar);
  made.commit = receipt.git.commit;
  return made;
}

}  // namespace gostrap
