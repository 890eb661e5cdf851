"""Registering for a conference: what is asked, who gets a place, who waits for one."""
