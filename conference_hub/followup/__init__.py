"""Follow-up: the online sessions after the conference, who signed up for them, and their calendars."""
