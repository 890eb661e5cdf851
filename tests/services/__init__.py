"""Real services for tests: PostgreSQL, Redis, nginx and Chromium, on loopback, ended by their pids."""
