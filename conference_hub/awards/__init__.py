"""The awards: levels, recipients, and the ceremony that keeps every name sealed until it is revealed."""
