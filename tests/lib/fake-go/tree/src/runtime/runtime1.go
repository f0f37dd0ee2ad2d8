package runtime

var dbgvars = []*dbgVar{
	{name: "gctrace", value: &debug.gctrace},
}

func parsedebugvars() {
	parsegodebug(godebugDefault, nil)
	parsegodebug(godebugDefault, seen)
}
