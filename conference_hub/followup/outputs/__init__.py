"""Other forms in which online sessions are published, one module for each."""
