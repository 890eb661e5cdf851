"""The guest list: who is invited, in which role, and how they take part."""
