// What an SDK has beside its share/go: launcher, links and exec wrappers, for each layout that gostrap has
// had.
#pragma once

#include "sdk/exec_wrapper.hpp"
#include "sdk/manifest.hpp"

#include <map>

namespace gostrap {

/// The links at the top of an output, and its bin/gofmt; where it is no SDK, or of layout 1, bin/go as well.
std::vector<AddedFile> output_links(Kind kind, const Port& hosted_on, int layout = plain_layout);

/// Every file and link that an SDK of this layout has, but for share/go (of which go.env alone is gostrap's
/// own: sdk_go_env), share/gostrap/manifest.json, and what share/gostrap keeps of the host's:
/// upstream-go.env, upstream/ and patches/. `profile` is the SDK's own part (Profile::of_sdk). The same for
/// the same words.
std::vector<AddedFile> added_files(const Port& port, const Port& hosted_on, const Version& version,
                                   const Profile& profile, int layout = plain_layout);

}  // namespace gostrap
