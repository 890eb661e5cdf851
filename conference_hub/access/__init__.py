"""Who may do what: accounts, roles, sessions, one-time links and machine tokens."""
