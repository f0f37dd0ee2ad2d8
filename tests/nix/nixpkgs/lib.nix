# The functions of nixpkgs' lib that gostrap and the stand-in call.
let
  inherit (builtins)
    concatStringsSep
    elem
    foldl'
    fromJSON
    isAttrs
    isFunction
    isList
    isString
    length
    listToAttrs
    readFile
    replaceStrings
    stringLength
    substring
    ;
in
rec {
  inherit (builtins)
    all
    any
    attrNames
    attrValues
    concatMap
    concatStringsSep
    elem
    elemAt
    filter
    foldl'
    head
    isFunction
    listToAttrs
    mapAttrs
    match
    removeAttrs
    replaceStrings
    ;

  fix =
    f:
    let
      x = f x;
    in
    x;
  extends =
    overlay: f: final:
    let
      prev = f final;
    in
    prev // overlay final prev;
  genAttrs =
    names: f:
    listToAttrs (
      map (name: {
        inherit name;
        value = f name;
      }) names
    );
  nameValuePair = name: value: { inherit name value; };
  mapAttrs' = f: set: listToAttrs (map (n: f n set.${n}) (builtins.attrNames set));
  filterAttrs =
    p: set: listToAttrs (builtins.concatMap (n: if p n set.${n} then [ (nameValuePair n set.${n}) ] else [ ]) (builtins.attrNames set));

  optional = c: x: if c then [ x ] else [ ];
  optionals = c: x: if c then x else [ ];
  optionalAttrs = c: x: if c then x else { };
  flatten = x: if isList x then builtins.concatMap flatten x else [ x ];
  last = l: builtins.elemAt l (length l - 1);
  take = n: l: builtins.genList (builtins.elemAt l) (if n < length l then n else length l);

  concatMapStringsSep = s: f: l: concatStringsSep s (map f l);
  splitString = s: text: builtins.filter isString (builtins.split (builtins.replaceStrings [ "." ] [ "\\." ] s) text);
  hasPrefix = p: s: substring 0 (stringLength p) s == p;
  removePrefix = p: s: if hasPrefix p s then substring (stringLength p) (-1) s else s;
  removeSuffix =
    p: s:
    let
      length = stringLength s - stringLength p;
    in
    if length >= 0 && substring length (-1) s == p then substring 0 length s else s;
  versionAtLeast = a: c: builtins.compareVersions a c >= 0;
  versionOlder = a: c: builtins.compareVersions a c < 0;
  escapeShellArg = s: "'${replaceStrings [ "'" ] [ "'\\''" ] (toString s)}'";
  escapeShellArgs = concatMapStringsSep " " escapeShellArg;
  isDerivation = value: isAttrs value && value ? drvPath;
  getExe = p: "${p}/bin/${p.meta.mainProgram}";

  cmakeBool = name: value: "-D${name}:BOOL=${if value then "TRUE" else "FALSE"}";
  cmakeFeature = name: value: "-D${name}:STRING=${value}";
  throwIfNot = condition: message: if condition then value: value else throw message;

  importJSON = p: fromJSON (readFile p);
  cleanSourceWith =
    {
      src,
      filter ? (_: _: true),
      name ? "source",
    }:
    builtins.path {
      inherit filter name;
      path = src;
    };

  fetchers.proxyImpureEnvVars = [
    "http_proxy"
    "https_proxy"
    "ftp_proxy"
    "all_proxy"
    "no_proxy"
  ];
  licenses.bsd3.shortName = "bsd3";
  platforms.linux = [
    "x86_64-linux"
    "aarch64-linux"
  ];
}
