module wealth-companion/reduced-caps

go 1.19
