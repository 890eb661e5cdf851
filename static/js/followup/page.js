/** The page of the follow-up sessions: copy the addresses of its feeds. */
import '#hub/calendars/copy.js';
