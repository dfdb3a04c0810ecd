"""The servers that `make run` and `make test` start by themselves; production code never imports this."""
