package runtime

func godebugNotify() {
		(*update)(godebugDefault, env)
}
