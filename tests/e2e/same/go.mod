module same

go 1.21
