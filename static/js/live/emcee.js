/** The emcee's screen: what to do now, the award to read or the script of the cue, large; the next three; how long still. */
import { fitText } from '#hub/web/fit-text.js';
import { fitBlock } from '#hub/web/fit-block.js';
import { countdown } from '#hub/web/countdown.js';
import { el, markLanguage, need, pageData, renderList, setName, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { clockSeconds } from '#hub/web/time.js';
import { laneName, nextWords, standing } from '#hub/agenda/lane-words.js';
import { laneViews } from '#hub/agenda/lanes.js';
import { drawSpeakers, speakerWords } from '#hub/agenda/speakers.js';
import { groupWords } from '#hub/awards/group.js';
import { jointWords } from '#hub/awards/joint.js';
import { naming } from '#hub/awards/revealed.js';
import { calledWords, levelWords, nameWords, presentingWords, receivingWords } from '#hub/awards/words.js';
import { honoursRoll } from '#hub/honours/roll.js';
import { drawArrival } from '#hub/live/arrival-words.js';
import { messageArea } from '#hub/messages/area.js';
import { press } from '#hub/web/press.js';
import { callOf, crewCalling } from '#hub/live/crew-calling.js';
import { followAsCrew } from '#hub/live/crew.js';

/** @typedef {import('#hub/live/crew-calling.js').Person} Person */
/** @typedef {import('#hub/agenda/lanes.js').LaneView} LaneView */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{name: string | null, read: string}} Read how the guest list says that a name is read */

/** @type {{conf: string, zone: string, lane: string | null, run: import('#hub/live/rehearsal.js').Follows | null, readings: Record<string, Read | undefined>}} */
const page = pageData();
const { zone, readings } = page;
const drawMessages = messageArea({
  audience: 'emcee',
  place: need('main'),
  lane: page.lane,
  acknowledge: async ({ id }, button) => (await press(button, `/api/v1/c/${page.conf}/messages/${id}/acknowledge`))?.ok ?? false,
});
const drawHonours = honoursRoll(need('#honours'));
const left = countdown(need('#cue-left'));

followAsCrew({
  kind: 'emcee',
  ...page,
  known: readings,
  draw: (store, now) => {
    setText(need('#clock'), clockSeconds(now, zone));
    drawMessages(store, now);
    const views = laneViews(store, now);
    const own = views.find(({ lane }) => lane.id === page.lane);
    if (!own) return;
    const { up, next } = crewCalling(store, own.lane.id);
    drawNow(own);
    drawHonours(store, own);
    drawOthers(views.filter((view) => view !== own));
    drawUp(up, store);
    drawGroup(store.get(`group/${own.lane.id}`) ?? null, now);
    drawScript(up ? null : own, store);
    need('#following-part').hidden = next.length === 0;
    renderList(need('#following'), next, ({ award }) => award.id, followingLine, (element, person) => updateFollowing(element, person, store));
  },
});

/** @param {LaneView} view of the own lane */
function drawNow(view) {
  const cue = view.cue;
  need('.emcee-now').dataset.status = view.status;
  const held = view.status === 'held' ? ` · ${standing(view, zone)}` : '';
  setText(need('#cue-now'), (cue ? text(cue.title) : standing(view, zone)) + held);
  markLanguage(need('#cue-now'), cue?.title);
  need('#cue-left').hidden = !cue;
  left.until(view.endsAt, cue);
  setText(need('#cue-next'), view.next ? t('다음 {words}', { words: nextWords(view, zone) }) : nextWords(view, zone));
}

/** @param {readonly LaneView[]} views of the other lanes, one line each */
function drawOthers(views) {
  const line = (/** @type {LaneView} */ view) =>
    t('{lane}: {title}', { lane: laneName(view), title: view.cue ? text(view.cue.title) : standing(view, zone) });
  renderList(need('#others'), views, (view) => view.lane.id, () => el('li', null), (element, view) => setText(element, line(view)));
}

/** How the organisation and the name fit the width of the card. */
const FROM = { room: 92, lines: 2, max: 4.4, min: 2.2 };
const NAME = { room: 92, lines: 2, max: 18, min: 4.2 };
const CITATION = { max: 40, min: 18 };

/**
 * How a group goes on, where its names come one after the other.
 * @param {import('#hub/live/documents.js').GroupDoc | null} group
 * @param {number} now server time (ms)
 */
function drawGroup(group, now) {
  if (group) setText(need('#up-order'), t('단체 발표 {n} / {size} · {how}', { n: group.revealed.length, size: group.size, how: groupWords(group, now) }));
}

/**
 * @param {Person | null} person
 * @param {import('#hub/live/store.js').Store} store
 */
function drawUp(person, store) {
  const card = need('#up');
  card.hidden = person === null;
  card.dataset.state = person?.award.state ?? 'none';
  if (person === null) return;
  const { award, number, total, arrival, late } = person;
  card.dataset.call = callOf(award.state);
  setText(need('#up-state'), callWords(callOf(award.state)));
  setText(need('#up-order'), t('{total}건 중 {n}번째', { n: number, total }));
  drawArrival(need('#up-arrival'), arrival, late);
  setText(need('#up-level'), levelWords(award.level));
  fitText(need('#up-from'), naming(award).from ?? '', FROM);
  fitText(need('#up-name'), calledWords(award), NAME);
  setText(need('#up-read'), readAs(award));
  setText(need('#up-stand-in'), receivingWords(award));
  setText(need('#up-presenting'), [jointWords(store, award), presentingWords(award)].filter(Boolean).join(' · '));
  setText(need('#up-citation'), award.citation ?? '');
  need('#up-citation').hidden = !award.citation;
  if (award.citation) fitBlock(need('#up-citation'), award.citation, CITATION);
}

/** @param {import('#hub/live/crew-calling.js').Call} call */
function callWords(call) {
  switch (call) {
    case 'standby':
      return t('준비하세요');
    case 'read':
      return t('읽으세요');
    case 'wait':
      return t('기다리세요');
  }
}

/**
 * How the name is read: as the award says, else as the guest list said when the page was opened; nothing for a name that was
 * corrected since.
 * @param {Person['award'] & {pronunciation?: string | null}} award
 */
function readAs(award) {
  if (award.pronunciation) return award.pronunciation;
  const known = readings[award.id];
  return known && [award.recipient, award.representative].includes(known.name) ? known.read : '';
}

const SCRIPT = { max: 72, min: 20 };

/**
 * @param {LaneView | null} view null while an award is shown
 * @param {Store} store
 */
function drawScript(view, store) {
  const cue = view?.cue ?? view?.next?.cue ?? null;
  need('#script').hidden = cue === null;
  if (cue === null) return;
  need('#script').toggleAttribute('data-coming', !view?.cue);
  setText(need('#script-when'), view?.cue ? t('지금') : t('다음'));
  setText(need('#script-title'), text(cue.title));
  markLanguage(need('#script-title'), cue.title);
  renderList(need('#script-speakers'), cue.speakers, speakerWords, () => el('li', null), (line, speaker) => drawSpeakers(line, [speaker]));
  const notes = store.get(`notes/${cue.id}`)?.notes ?? [];
  const words = notes.find(({ place }) => place === 1)?.text ?? '';
  setText(need('#script-text'), words);
  need('#script-text').hidden = words === '';
  fitBlock(need('#script-text'), words, SCRIPT);
}

function followingLine() {
  return el(
    'li',
    { class: 'following-line' },
    el('span', { class: 'following-order figure' }),
    el('span', { class: 'following-name' }),
    el('span', { class: 'badge' }),
    el('span', { class: 'following-from' }),
    el('span', { class: 'following-people' }),
  );
}

/**
 * @param {Element} element
 * @param {Person} person
 * @param {import('#hub/live/store.js').Store} store
 */
function updateFollowing(element, { award, number, arrival, late }, store) {
  setText(need('.following-order', element), String(number));
  setName(need('.following-name', element), nameWords(award));
  drawArrival(need('.badge', element), arrival, late);
  setName(need('.following-from', element), naming(award).from ?? '');
  setText(need('.following-people', element), [jointWords(store, award), receivingWords(award), presentingWords(award)].filter(Boolean).join(' · '));
}
