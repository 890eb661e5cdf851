"""The desk's page of files: lists and whole conferences in and out, always compared before anything is written."""
