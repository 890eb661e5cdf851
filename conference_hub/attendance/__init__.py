"""Presence elsewhere, attendance in minutes, and certificates of attendance."""
