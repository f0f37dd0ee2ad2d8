package main

import "testing"

func TestRoot(t *testing.T) {
	if root(1764) != 42 {
		t.Error(root(1764))
	}
}
