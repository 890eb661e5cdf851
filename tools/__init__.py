"""What `make` runs: set-up, checks, catalogues. The first two need nothing installed."""
