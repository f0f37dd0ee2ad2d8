# fromGoMod ./go.mod (or ./go.work): the version of the release that a Go module asks for, as the go command reads it: the
# greater of the two lines.
#
#   toolchain go1.24.4    that release; else, unless strict, the oldest one after it of the same line
#   go 1.24.4             that release; else the newest patch of its line, if it is not before this one
#   go 1.24               the newest patch of the line
#
# Where the line has no release, a module may be built by a newer line, unless strict: the oldest that there is.
{
  lib,
  versions, # newest first
  there,
  strict,
}:
file:
let
  # Words, without the comment behind them, which needs no space before it: golang.org/x/mod/modfile, read.go.
  wordsOf =
    line:
    let
      code = lib.head (builtins.split "//" line);
    in
    lib.filter (word: builtins.isString word && word != "") (builtins.split "[ \t\r]+" code);

  # What stands at the top: what is in parentheses (require, exclude, use, …) is no go line, whatever it says.
  read =
    state: line:
    let
      words = wordsOf line;
      first = if words == [ ] then "" else lib.head words;
    in
    if state.inside then
      state // { inside = !(lib.hasPrefix ")" first); }
    else if builtins.match ".*[(]" (lib.concatStringsSep " " words) != null then
      state // { inside = true; }
    else if lib.elem first [ "go" "toolchain" ] then
      state // { ${first} = state.${first} ++ [ (lib.concatStringsSep " " (builtins.tail words)) ]; }
    else
      state;
  said = lib.foldl' read {
    inside = false;
    go = [ ];
    toolchain = [ ];
  } (lib.splitString "\n" (builtins.readFile file));

  refuse = why: throw "gostrap: ${toString file} ${why}. ${there}";
  # the version of a line, "" where there is none
  of =
    word: pattern:
    let
      lines = said.${word};
      version = builtins.match pattern (lib.head lines);
    in
    if lines == [ ] then
      ""
    else if builtins.length lines > 1 then
      refuse "has two ${word} lines"
    else if version == null then
      refuse "has a ${word} line that the go command does not take: \"${word} ${lib.head lines}\""
    else
      lib.head version;
  go = of "go" "([1-9][0-9]*\\.(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*))?([a-z]+[0-9]+)?)";
  toolchain = if said.toolchain == [ "default" ] then "" else of "toolchain" "go([0-9]+[0-9a-z.]*)([-+].*)?";

  isToolchain = toolchain != "" && builtins.compareVersions toolchain go >= 0;
  wanted =
    if go == "" && toolchain == "" then
      refuse "has neither a toolchain line nor a go line"
    else if isToolchain then
      toolchain
    else
      go;

  lineOf =
    version:
    let
      read = builtins.match "([0-9]+\\.[0-9]+).*" version;
    in
    if read == null then version else lib.head read;
  # a candidate is for whoever names it
  released = lib.filter (version: builtins.match "[0-9.]+" version != null) versions;
  notBefore = lib.filter (version: lib.versionAtLeast version wanted) released;
  sameLine = lib.filter (version: lineOf version == lineOf wanted) notBefore;
  oldestLine = lib.filter (version: lineOf version == lineOf (lib.last notBefore)) notBefore;
  none = refuse "asks for Go ${wanted}, and no release here is that";
in
if lib.elem wanted versions then
  wanted
else if strict && isToolchain then
  none
else if sameLine != [ ] then
  (if isToolchain then lib.last else lib.head) sameLine
else if strict || notBefore == [ ] then
  none
else
  lib.head oldestLine
