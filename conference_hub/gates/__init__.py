"""Points, gates and their rules, and the devices that are paired for check-in."""
