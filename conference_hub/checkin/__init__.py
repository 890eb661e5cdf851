"""Badges, gates, verdicts and presence: who may come in, who is in, and when they came."""
