"""What everything else stands on: settings, refusals, the clock, the database, the journal. Imports nothing of ours."""
