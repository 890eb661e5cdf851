"""The guest list: who is invited, how they take part, and how names are written where others read them."""
