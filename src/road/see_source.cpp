#include "road/see_source.hpp"

#include "source/source.hpp"
#include "support/files.hpp"

namespace gostrap {

SeenSource::SeenSource(const Release& release, const SourceSettings& settings, Progress& progress) {
  make_directories(tree());
  make_directories(place_.path() / "git");
  nar_ = obtain_source(release, request_for(release, settings, place_.path() / "git"), tree(), progress).nar;
}

}  // namespace gostrap
