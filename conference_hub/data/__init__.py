"""Whole conferences and whole databases, in and out: schema, seed, export, backup, pruning."""
