"""What happened on the day beside what was planned."""
