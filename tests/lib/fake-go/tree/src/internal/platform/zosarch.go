package platform

var distInfo = map[OSArch]osArchInfo{
	{"linux", "386"}: {CgoSupported: true, FirstClass: true},
	{"linux", "amd64"}: {CgoSupported: true, FirstClass: true},
	{"linux", "arm"}: {CgoSupported: true, FirstClass: true},
	{"linux", "arm64"}: {CgoSupported: true, FirstClass: true},
	{"linux", "loong64"}: {CgoSupported: true, FirstClass: true},
	{"linux", "riscv64"}: {CgoSupported: true, FirstClass: true},
	{"linux", "s390x"}: {CgoSupported: true, FirstClass: true},
	{"darwin", "arm64"}: {CgoSupported: true, FirstClass: true},
	{"js", "wasm"}: {CgoSupported: true, FirstClass: true},
	{"wasip1", "wasm"}: {CgoSupported: true, FirstClass: true},
	{"windows", "amd64"}: {CgoSupported: true, FirstClass: true},
	{"windows", "arm"}: {Broken: true},
}
