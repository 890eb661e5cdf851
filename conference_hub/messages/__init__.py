"""Messages of the day: announcements to audiences and screens, now or at a set time."""
