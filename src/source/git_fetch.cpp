#include "source/git_fetch.hpp"

#include "archive/untrusted_name.hpp"
#include "source/pinned_commit.hpp"
#include "source/proxy.hpp"
#include "support/interrupt.hpp"
#include "support/url.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <map>
#include <optional>
#include <utility>

namespace gostrap::git {
namespace {

/// What libgit2's callbacks share. They run inside C code: an exception is put aside, and thrown once we are
/// out.
class Session {
 public:
  Session(const Transfer& transfer, std::string url, const Connection* connection)
      : limits_(transfer.limits),
        doing_(transfer.doing),
        url_(std::move(url)),
        progress_(transfer.progress),
        connection_(connection) {}

  git_remote_callbacks callbacks() {
    git_remote_callbacks table = GIT_REMOTE_CALLBACKS_INIT;
    table.payload = this;
    table.sideband_progress = [](const char*, int, void* self) {
      return of(self).guarded([] { check_interrupt(); });
    };
    table.transfer_progress = [](const git_indexer_progress* seen, void* self) {
      return of(self).guarded([&] { of(self).transferred(*seen); });
    };
    table.credentials = [](git_credential** out, const char* url, const char* user, unsigned allowed,
                           void* self) {
      return of(self).guarded([&] { of(self).credentials(out, url, user, allowed); });
    };
    table.certificate_check = [](git_cert* certificate, int valid, const char* host, void* self) {
      return of(self).guarded([&] { of(self).certificate(*certificate, valid != 0, host); });
    };
    return table;
  }

  /// Turns the result of a call that may have run callbacks into an exception.
  void check(int result) {
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    if (connection_ != nullptr && connection_->failure()) std::rethrow_exception(connection_->failure());
    check_interrupt();
    if (result >= 0) return;
    const std::string why = said_nothing() ? "it does not answer as a git server does" : what_failed();
    const std::string hang_up = connection_ != nullptr ? connection_->hang_up() : std::string();
    if (!hang_up.empty()) throw Transient(doing_, hang_up + " (" + why + ")");
    const std::string next = advice(result, why);
    if (is_transient(result, why)) throw Transient(doing_, why, next);
    throw Error(doing_, why, next);
  }

 private:
  /// libgit2 may quote the URL, and whatever is in it.
  std::string what_failed() const {
    std::string text = last_error();
    const std::string shown = without_secrets(url_);
    for (std::size_t at = text.find(url_); at != std::string::npos; at = text.find(url_, at + shown.size()))
      text.replace(at, url_.size(), shown);
    return text;
  }

  static Session& of(void* self) { return *static_cast<Session*>(self); }

  template <class Act>
  int guarded(Act&& act) noexcept {
    try {
      act();
      return 0;
    } catch (...) {
      failure_ = std::current_exception();
      return GIT_EUSER;
    }
  }

  void transferred(const git_indexer_progress& seen) {
    check_interrupt();
    if (seen.received_bytes > limits_.bytes) {
      throw over_limit(doing_, "bytes", seen.received_bytes, limits_.bytes, "--max-bytes");
    }
    if (seen.received_objects < seen.total_objects || seen.total_deltas == 0) {
      progress_.amount(seen.received_objects, seen.total_objects, "objects");
      progress_.amount(seen.received_bytes, 0, "bytes");
    } else {
      progress_.amount(seen.indexed_deltas, seen.total_deltas, "deltas");
    }
  }

  void credentials(git_credential** out, const char* url, const char* user, unsigned allowed) {
    const char* const name = user != nullptr ? user : "git";
    if ((allowed & GIT_CREDENTIAL_USERNAME) != 0) {
      git::check(git_credential_username_new(out, name), doing_);
      return;
    }
    if ((allowed & GIT_CREDENTIAL_SSH_KEY) != 0 && !std::exchange(agent_asked_, true)) {
      git::check(git_credential_ssh_key_from_agent(out, name), doing_);
      return;
    }
    throw Error(doing_,
                agent_asked_ ? "it takes none of the keys that the SSH agent offers"
                             : "the origin asks for a password (" + without_secrets(url) + ")",
                no_password);
  }

  void certificate(const git_cert& certificate, bool valid, const char* host) {
    check_interrupt();
    if (valid) return;
    if (certificate.cert_type == GIT_CERT_HOSTKEY_LIBSSH2) {
      throw Error(doing_, "the key of the host " + in_quotes(host) + " is not among the known ones",
                  "Connect to it once with ssh, compare the key, and try again.");
    }
    throw Error(doing_,
                "the certificate of " + in_quotes(host) + " is not valid, or signed by nobody trusted here",
                "Mend the certificate or the machine's clock, or add its authority to the system's "
                "(ca-certificates); gostrap does not go on without.");
  }

  /// Whether another try in a moment makes sense. A name that is not known or a port that is closed will be
  /// the same in three seconds: then the next origin is tried at once.
  static bool is_transient(int result, const std::string& why) {
    if (result == GIT_ECERTIFICATE || result == GIT_EAUTH || result == GIT_ENOTFOUND) return false;
    for (const char* const busy :
         {"status code: 429", "status code: 500", "status code: 502", "status code: 503", "status code: 504",
          "timed out", "reset by peer", "early EOF", "unexpected EOF", "connection was aborted", "closed by",
          "EOF", "stream ended"}) {
      if (why.find(busy) != std::string::npos) return true;
    }
    return false;
  }

  static std::string advice(int result, const std::string& why) {
    if (result == GIT_EAUTH) return no_password;
    if (why.find("redirect") != std::string::npos) {
      return "gostrap follows no server to another one. If you trust where it leads, name that: --from URL.";
    }
    return {};
  }

  static inline const std::string no_password =
      "gostrap never asks for passwords: name an origin that needs none (--from …), or use SSH with an "
      "agent.";

  const Limits& limits_;
  std::string doing_, url_;
  Progress& progress_;
  std::exception_ptr failure_;
  bool agent_asked_ = false;
  const Connection* connection_;
};

/// What a server may send before the objects: it lists its branches and tags, and libgit2 keeps them all.
/// Go's own, with a branch for each change, sends 50 MB.
constexpr std::uint64_t longest_list = std::uint64_t{256} << 20U;

bool is_plain(const std::string& url) {
  return url.starts_with("http://") || url.starts_with("https://") || url.starts_with("git://");
}

/// What git's configuration says of proxies; empty when that is nothing.
std::string proxy_setting(git_repository& repository) {
  git_config* raw = nullptr;
  if (git_repository_config_snapshot(&raw, &repository) != 0) return {};
  const Config config(raw);
  const char* value = nullptr;
  return git_config_get_string(&value, config.get(), "http.proxy") == 0 && value != nullptr ? value : "";
}

using Tags = std::map<std::string, std::string>;

/// The tags that the server has, and the commits they are on: the peeled one ("^{}") of an annotated tag.
Tags advertised_tags(git_remote& remote, Session& session) {
  const git_remote_head** heads = nullptr;
  std::size_t count = 0;
  git_error_clear();
  session.check(git_remote_ls(&heads, &count, &remote));
  constexpr std::string_view tags = "refs/tags/", peeled = "^{}";
  Tags found;
  for (std::size_t at = 0; at < count; ++at) {
    std::string_view name = heads[at]->name;
    if (!name.starts_with(tags)) continue;
    name.remove_prefix(tags.size());
    const bool is_peeled = name.ends_with(peeled);
    if (is_peeled) name.remove_suffix(peeled.size());
    // the peeled one comes behind, in the server's order
    if (is_peeled || !found.contains(std::string(name))) found[std::string(name)] = text(heads[at]->oid);
  }
  return found;
}

Repository bare_repository(const fs::path& place, const std::string& doing) {
  return made<Repository>(doing, [&](git_repository** out) {
    git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;
    options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKPATH;
    return git_repository_init_ext(out, place.c_str(), &options);
  });
}

/// libssh2 looks into libgit2's own sockets, and takes libgit2's own timeouts: those of the others are
/// Connection's.
void set_timeouts([[maybe_unused]] const Patience& patience) {
#if LIBGIT2_VER_MAJOR > 1 || LIBGIT2_VER_MINOR >= 7
  git_libgit2_opts(GIT_OPT_SET_SERVER_CONNECT_TIMEOUT, 15'000);
  git_libgit2_opts(GIT_OPT_SET_SERVER_TIMEOUT, static_cast<int>(patience.timeout.count()));
#endif
}

/// Points into `proxy`.
git_fetch_options options_for(Session& session, const std::optional<Proxy>& proxy) {
  git_fetch_options options = GIT_FETCH_OPTIONS_INIT;
  options.callbacks = session.callbacks();
  options.proxy_opts.type = proxy ? GIT_PROXY_SPECIFIED : GIT_PROXY_NONE;
  options.proxy_opts.url = proxy ? proxy->url.c_str() : nullptr;
  options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
  options.update_fetchhead = 0;
  options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;  // a server may not send us to another host
  return options;
}

/// Leaves the history out, where libgit2 can, and keeps what comes in memory: one snapshot fits there, and a
/// whole history is left to libgit2 and the disk.
void take_one_snapshot([[maybe_unused]] const std::string& url, [[maybe_unused]] const Transfer& transfer,
                       [[maybe_unused]] git_fetch_options& options, [[maybe_unused]] Fetched& fetched) {
#if LIBGIT2_VER_MAJOR > 1 || LIBGIT2_VER_MINOR >= 7
  if (url.starts_with("git://")) return;  // libgit2 dies of SIGPIPE when it asks such a server for depth
  options.depth = 1;
  fetched.objects = std::make_unique<PackStore>(transfer.limits, transfer.doing);
  fetched.objects->install(*fetched.repository);
#endif
}

/// One call at a git server, from the sockets up. It stays where it was made.
struct Call {
  Call(git_repository& repository, const std::string& url, const Transfer& transfer)
      : proxy(proxy_for(url, proxy_setting(repository), transfer.doing)) {
    // through a proxy https needs a tunnel, which libgit2 digs; for http it forgets to go there
    if (is_plain(url)) {
      connection.emplace(transfer, url.starts_with("http://") ? proxy : std::nullopt);
      connection->accept(std::min(transfer.limits.bytes, longest_list));
    }
    if (url.starts_with("https://")) trust_authorities(transfer.doing);
    set_timeouts(transfer.patience);
    remote = made<Remote>(transfer.doing, [&](git_remote** out) {
      return git_remote_create_anonymous(out, &repository, url.c_str());
    });
    session.emplace(transfer, url, connection ? &*connection : nullptr);
    options = options_for(*session, proxy);
  }

  /// The server's tags: before anything is fetched.
  Tags connect() {
    git_remote_connect_options connecting = GIT_REMOTE_CONNECT_OPTIONS_INIT;
    connecting.callbacks = options.callbacks;
    connecting.proxy_opts = options.proxy_opts;
    connecting.follow_redirects = options.follow_redirects;
    git_error_clear();  // what it has looked for and not found must not be taken for what comes
    session->check(git_remote_connect_ext(remote.get(), GIT_DIRECTION_FETCH, &connecting));
    return advertised_tags(*remote, *session);
  }

  std::optional<Proxy> proxy;
  std::optional<Connection> connection;
  Remote remote;
  std::optional<Session> session;
  git_fetch_options options = GIT_FETCH_OPTIONS_INIT;
};

int download(git_remote& remote, const std::string& tag, const git_fetch_options& options) {
  std::string refspec = "+refs/tags/" + tag + ":refs/tags/" + tag;
  std::array<char*, 1> specs = {refspec.data()};
  const git_strarray refspecs = {specs.data(), specs.size()};
  git_error_clear();
  return git_remote_download(&remote, &refspecs, &options);
}

}  // namespace

Fetched fetch_commit(const Release& release, const std::string& url, const fs::path& place,
                     const Transfer& transfer) {
  transfer.progress.phase("Fetching " + release.tag + " from " + without_secrets(url));
  const std::string& doing = transfer.doing;
  Fetched fetched;
  fetched.repository = bare_repository(place, doing);
  Call call(*fetched.repository, url, transfer);
  take_one_snapshot(url, transfer, call.options, fetched);
  const Tags tags = call.connect();
  const auto tag = tags.find(release.tag);
  if (tag == tags.end()) throw tag_missing(release, doing);
  require_pinned_commit(release, tag->second, doing);
  fetched.commit = tag->second;

  std::optional<Connection>& connection = call.connection;
  if (connection) connection->accept(transfer.limits.bytes);
  const int result = download(*call.remote, release.tag, call.options);
  if (connection && !connection->hang_up().empty() && result < 0) call.session->check(result);
  if (fetched.objects && fetched.objects->failure) std::rethrow_exception(fetched.objects->failure);
  call.session->check(result);
  git_remote_disconnect(call.remote.get());
  return fetched;
}

std::map<std::string, std::string> tags_of(const std::string& url, const fs::path& place,
                                           const Transfer& transfer) {
  transfer.progress.phase("Asking " + without_secrets(url) + " for its tags");
  const Repository repository = bare_repository(place, transfer.doing);
  Call call(*repository, url, transfer);
  return call.connect();
}

}  // namespace gostrap::git
