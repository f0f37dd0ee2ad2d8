#include "tlog/proof_file.hpp"

#include "archive/untrusted_name.hpp"
#include "support/encoding.hpp"
#include "support/error.hpp"
#include "tlog/checkpoint.hpp"

#include <optional>

namespace gostrap {
namespace {

constexpr std::string_view first_line_of_one = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view extra = "extra ";
constexpr std::string_view index_word = "index ";
constexpr std::size_t most_hashes = 63;  // as deep as a tree can be

/// Takes the next line off; nothing where none ends.
std::optional<std::string_view> next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

bool is_proof_file(std::string_view text) {
  return text.starts_with(first_line_of_one);
}

ProofFile parse_proof_file(std::string_view text, const std::string& what) {
  const std::string doing = "read the proof in " + what;
  require_log_file_size(text, doing);
  if (!is_proof_file(text)) {
    throw Error(doing, "its first line is not " +
                           std::string(first_line_of_one.substr(0, first_line_of_one.size() - 1)));
  }
  text.remove_prefix(first_line_of_one.size());
  std::optional<std::string_view> line = next_line(text);
  if (line && line->starts_with(extra)) {
    if (!from_base64(line->substr(extra.size()))) throw Error(doing, "its extra data is no base64");
    line = next_line(text);
  }
  if (!line || !line->starts_with(index_word)) throw Error(doing, "it names no index");
  const std::optional<std::uint64_t> index = log_number(line->substr(index_word.size()), largest_tree);
  if (!index) throw Error(doing, in_quotes(line->substr(index_word.size())) + " is no index");
  ProofFile proof{*index, {}, {}};
  for (line = next_line(text); line && !line->empty(); line = next_line(text)) {
    const std::optional<Digest> digest = digest_in_base64(*line);
    if (!digest) throw Error(doing, in_quotes(*line) + " is not the base64 of a SHA-256");
    if (proof.hashes.size() == most_hashes)
      throw Error(doing, "it has more hashes than any tree is deep, which is " + std::to_string(most_hashes));
    proof.hashes.push_back(*digest);
  }
  if (!line) throw Error(doing, "no empty line stands before its checkpoint");
  proof.note = text;
  return proof;
}

std::string to_text(const ProofFile& proof) {
  std::string text =
      std::string(first_line_of_one) + std::string(index_word) + std::to_string(proof.index) + "\n";
  for (const Digest& each : proof.hashes) text += base64(bytes_of(each)) + "\n";
  return text + "\n" + proof.note;
}

}  // namespace gostrap
