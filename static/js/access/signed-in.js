/** The page after signing in in a window of its own: the window that waits goes on by itself. */
import { tellSignedIn } from '#hub/web/signed-in.js';

tellSignedIn();
