# fromGoMod ./go.mod: the version of the release that a Go module asks for.
#
#   toolchain go1.24.4    that release; else, unless strict, the oldest one after it of the same line
#   go 1.24               the newest patch of the line, and not before the patch where the line names one
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
  lines = lib.splitString "\n" (builtins.readFile file);
  # the version on the line that begins with the word; "default" is no version
  said =
    word:
    let
      matches = map (builtins.match "${word}[ \t]+(go)?([0-9]+[0-9a-z.]*)([ \t-].*)?\r?") lines;
    in
    map (match: lib.elemAt match 1) (lib.filter (match: match != null) matches);

  toolchains = said "toolchain";
  goes = said "go";
  wanted =
    if toolchains != [ ] then
      lib.head toolchains
    else if goes != [ ] then
      lib.head goes
    else
      throw "gostrap: ${toString file} has neither a toolchain line nor a go line. ${there}";

  lineOf = version: lib.concatStringsSep "." (lib.take 2 (lib.splitString "." version));
  notBefore = lib.filter (version: lib.versionAtLeast version wanted) versions;
  sameLine = lib.filter (version: lineOf version == lineOf wanted) notBefore;
  oldestLine = lib.filter (version: lineOf version == lineOf (lib.last notBefore)) notBefore;
  refuse = throw "gostrap: ${toString file} asks for Go ${wanted}, and no release here is that. ${there}";
in
if lib.elem wanted versions && toolchains != [ ] then
  wanted
else if strict && toolchains != [ ] then
  refuse
else if sameLine != [ ] then
  (if toolchains != [ ] then lib.last else lib.head) sameLine
else if strict || notBefore == [ ] then
  refuse
else
  lib.head oldestLine
