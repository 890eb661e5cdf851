"""Set-up, checks and catalogues: what `make` runs. Standard library only, so that they work before anything is installed."""
