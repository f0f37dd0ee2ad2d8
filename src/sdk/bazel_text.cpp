#include "sdk/bazel_text.hpp"

#include "sdk/embedded.hpp"
#include "support/filled.hpp"

#include <algorithm>

namespace gostrap {
namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char each : text)
    result += each == '"' || each == '\\' ? std::string("\\") + each : std::string(1, each);
  return result + "\"";
}

std::string download_attributes(const std::vector<BazelSdk>& sdks, const std::vector<std::string>& urls,
                                const Release& release) {
  std::string sdk_lines;
  for (const BazelSdk& sdk : sdks) {
    sdk_lines += "        " + quoted(sdk.port.underscored()) + ": [" + quoted(sdk.archive) + ", " +
                 quoted(sdk.digest) + "],\n";
  }
  std::string url_lines;
  for (const std::string& url : urls) url_lines += "        " + quoted(url) + ",\n";
  return filled(embedded::bazel_download_bazel,
                {{"version", release.version.text()}, {"sdks", sdk_lines}, {"urls", url_lines}});
}

/// The oldest rules_go that can take the release, as its own history says: go_sdk.download with `sdks` works
/// since 0.41, go_sdk.wrap is there since 0.54, and 0.57 makes pack itself, which Go 1.25 does not bring.
std::string oldest_rules_go(const Release& release, bool wraps) {
  if (release.version.minor >= 25) return "0.57.0";
  return wraps ? "0.54.0" : "0.41.0";
}

/// How a target is chosen: rules_go has another name in a WORKSPACE.
std::string target_text(const std::string& rules) {
  return filled(embedded::bazel_target_bazel, {{"rules", rules}});
}

}  // namespace

std::vector<std::string> archive_urls(const std::vector<BazelSdk>& sdks) {
  std::vector<std::string> urls;
  for (const BazelSdk& sdk : sdks) {
    const std::string url =
        sdk.archives ? "file://" + sdk.archives->string() + "/{}" : "https://dl.google.com/go/{}";
    if (std::find(urls.begin(), urls.end(), url) == urls.end()) urls.push_back(url);
  }
  return urls;
}

std::string module_text(const std::vector<BazelSdk>& sdks, const std::vector<std::string>& urls,
                        const Release& release) {
  std::string wraps;
  for (const BazelSdk& sdk : sdks) {
    if (!sdk.goroot) continue;
    wraps +=
        filled(embedded::bazel_module_wrap_bazel, {{"repository", "gostrap_go_" + sdk.port.underscored()},
                                                   {"goroot", quoted(sdk.goroot->string())},
                                                   {"version", release.version.text()},
                                                   {"goarch", sdk.port.goarch},
                                                   {"goos", sdk.port.goos}});
  }
  return filled(embedded::bazel_module_bazel, {{"release", release.name()},
                                               {"least", oldest_rules_go(release, !wraps.empty())},
                                               {"download", download_attributes(sdks, urls, release)},
                                               {"wraps", wraps},
                                               {"target", target_text("rules_go")}});
}

std::string workspace_text(const std::vector<BazelSdk>& sdks, const std::vector<std::string>& urls,
                           const Release& release) {
  std::string text;
  for (const BazelSdk& sdk : sdks) {
    const std::string name = "go_sdk_" + sdk.port.underscored();
    text += filled(embedded::bazel_workspace_download_bazel,
                   {{"name", name},
                    {"goarch", sdk.port.goarch},
                    {"goos", sdk.port.goos},
                    {"download", download_attributes({sdk}, urls, release)}});
    if (!sdk.goroot) continue;
    text += filled(
        embedded::bazel_workspace_local_bazel,
        {{"name", name}, {"goroot", quoted(sdk.goroot->string())}, {"version", release.version.text()}});
  }
  return filled(embedded::bazel_workspace_bazel, {{"least", oldest_rules_go(release, false)},
                                                  {"sdks", text},
                                                  {"target", target_text("io_bazel_rules_go")}});
}

}  // namespace gostrap
