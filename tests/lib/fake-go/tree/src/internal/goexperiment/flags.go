package goexperiment

type Flags struct {
	Arenas bool

	SwissMap bool
}
