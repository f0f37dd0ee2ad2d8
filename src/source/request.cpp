#include "source/request.hpp"

namespace gostrap {

SourceRequest request_for(const Release& release, const SourceSettings& settings,
                          const std::filesystem::path& scratch) {
  SourceRequest request;
  const auto named = settings.origins.find(release.version);
  if (named != settings.origins.end()) {
    request.origins = named->second;
  } else {
    request.origins = settings.every_origin.empty() ? release.origins : settings.every_origin;
  }
  request.offline = settings.offline;
  request.limits = settings.limits;
  request.patience = settings.patience;
  request.scratch = scratch;
  return request;
}

}  // namespace gostrap
