/** The emcee's screen: the award to read, large; the following two; the cues with their time left. */
import { el, need, pageData, renderList, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { levelWords, nameWords, presentingWords, prizeWords, standInWords, stateWords } from '#hub/awards/words.js';
import { naming } from '#hub/awards/revealed.js';
import { drawCues } from '#hub/live/emcee-cues.js';
import { fitText } from '#hub/web/fit-text.js';
import { laneViews } from '#hub/agenda/lanes.js';
import { followDay } from '#hub/live/follow.js';
import { readingQueue } from '#hub/awards/calling.js';
import { clockSeconds } from '#hub/web/time.js';

/** @typedef {import('#hub/awards/calling.js').Reading} Reading */

/** @type {Record<string, string>} */
const BADGES = { armed: 'warn', revealed: 'live', presented: 'good', photographed: 'good', deferred: 'wait', sealed: 'open' };

/** @typedef {{name: string | null, read: string}} Read how the guest list says that a name is read */

/** @type {{conf: string, zone: string, lane: string | null, readings: Record<string, Read | undefined>}} */
const page = pageData();
const { conf, zone, readings } = page;
const lane = page.lane ?? '';

followDay({
  conf,
  stream: 'sealed',
  zone,
  draw: (store, now) => {
    if (!lane && store.all('lane/').length > 0) location.reload();
    setText(need('#clock'), clockSeconds(now, zone));
    drawCues(need('#cues'), laneViews(store, now), { lane, zone, notes: (cue) => store.get(`notes/${cue}`) });
    const { up, following } = readingQueue(store, lane);
    drawUp(up);
    renderList(need('#following'), following, ({ award }) => award.id, followingLine, updateFollowing);
  },
});

/** A citation from so many letters on is read from a column of its own. */
const LONG_CITATION = 160;
/** How the organisation and the name fit, beside a long citation and without one. */
const FRAMES = {
  long: { from: { room: 36, lines: 4, max: 2.2, min: 1.5 }, name: { room: 36, lines: 3, max: 6, min: 2.4 } },
  plain: { from: { room: 94, lines: 2, max: 4.6, min: 2.2 }, name: { room: 94, lines: 2, max: 20, min: 4.2 } },
};

/** @param {Reading | null} reading */
function drawUp(reading) {
  need('#up').hidden = reading === null;
  need('#up-none').hidden = reading !== null;
  need('#up').dataset.state = reading?.award.state ?? 'none';
  if (reading === null) return;
  const { award, number, total } = reading;
  setText(need('#up-order'), t('{total}건 중 {n}번째', { n: number, total }));
  setText(need('#up-state'), stateWords(award.state));
  need('#up-state').dataset.kind = BADGES[award.state] ?? '';
  setText(need('#up-level'), levelWords(award.level));
  const isLong = (award.citation ?? '').length > LONG_CITATION;
  need('#up').toggleAttribute('data-long', isLong);
  const frames = isLong ? FRAMES.long : FRAMES.plain;
  fitText(need('#up-from'), naming(award).from ?? '', frames.from);
  fitText(need('#up-name'), nameWords(award), frames.name);
  setText(need('#up-read'), readAs(award));
  setText(need('#up-stand-in'), standInWords(award));
  setText(need('#up-citation'), award.citation ?? '');
  setText(need('#up-presenting'), presentingWords(award));
  setText(need('#up-prize'), prizeWords(award.level) ?? '');
}

/**
 * How the name is read, as the guest list said when the page was opened; nothing for a name that was corrected since.
 * @param {Reading['award']} award
 */
function readAs(award) {
  const known = readings[award.id];
  return known && [award.recipient, award.representative].includes(known.name) ? known.read : '';
}

function followingLine() {
  return el(
    'li',
    { class: 'following-line' },
    el('span', { class: 'following-order figure' }),
    el('span', { class: 'following-level' }),
    el('span', { class: 'following-name' }),
    el('span', { class: 'following-from' }),
    el('span', { class: 'following-people' }),
  );
}

/**
 * @param {Element} element
 * @param {Reading} reading
 */
function updateFollowing(element, { award, number }) {
  setText(need('.following-order', element), String(number));
  setText(need('.following-level', element), levelWords(award.level));
  setText(need('.following-name', element), nameWords(award));
  setText(need('.following-from', element), naming(award).from ?? '');
  setText(need('.following-people', element), [standInWords(award), presentingWords(award)].filter(Boolean).join(' · '));
}
