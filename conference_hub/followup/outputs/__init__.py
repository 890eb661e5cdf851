"""What the online sessions are given out as: one module for each form."""
