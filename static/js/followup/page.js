/** The page of the follow-up sessions: each time by the viewer's own clock where it differs, and addresses of feeds to copy. */
import '#hub/calendars/copy.js';
import { showViewerTime } from '#hub/conferences/viewer-time.js';
import { pageData } from '#hub/web/dom.js';

/** @type {{zone: string}} */
const { zone } = pageData();
for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.viewer-time'))) showViewerTime(line, zone);
