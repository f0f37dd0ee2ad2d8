// Every verb, in a small file of its own each. A verb declares its words, calls the libraries and prints.
#pragma once

#include "cli/verb.hpp"

#include <vector>

namespace gostrap {

extern const Verb audit_verb, build_verb, plan_verb, list_verb, env_verb, shell_verb, exec_verb, compile_verb,
    relink_verb, use_verb, inspect_verb, link_verb, verify_verb, attest_verb, goproxy_verb, image_verb,
    bazel_verb, serve_verb, prune_verb, outdated_verb, bundle_verb, key_verb, doctor_verb, release_verb;
extern const Verb source_verb, host_verb, toolchain_verb, sdk_verb, archives_verb, std_verb;
extern const Verb bundle_create_verb, bundle_inspect_verb, bundle_diff_verb, bundle_install_verb;
extern const Verb image_sdk_verb, image_app_verb;
extern const Verb release_list_verb, release_show_verb, release_add_verb, release_prove_verb,
    release_audit_verb, release_update_verb;
extern const Verb help_verb, version_verb, completion_verb, man_verb, complete_verb;

/// All of them in the order of --help, without the parts of others.
const std::vector<const Verb*>& verbs();

}  // namespace gostrap
