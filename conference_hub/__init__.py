"""conference_hub: a self-hosted server for hybrid conferences."""

__version__ = "0.1.0"
