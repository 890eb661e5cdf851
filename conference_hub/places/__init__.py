"""Rooms, channels and video sources: what changes them, and what each audience sees of them."""
