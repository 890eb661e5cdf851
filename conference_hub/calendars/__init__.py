"""Calendars (.ics): how they are built, and how subscribers get them over HTTP."""
