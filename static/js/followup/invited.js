/** The page of an invitation: the session in the viewer's own time where that differs. */
import '#hub/web/page.js';
import { need } from '#hub/web/dom.js';
import { showViewerTime } from '#hub/conferences/viewer-time.js';

const line = need('#viewer-time');
showViewerTime(line, line.dataset.zone ?? 'UTC');
