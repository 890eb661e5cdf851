"""Conferences and lists as files: typed records, cells of sheets, what would change, and what is wrong."""
