/** The console's ceremony panel: the award that is up in the chosen lane, whether its recipient is there, and what may be done with it. */
import { inCallingOrder, readingQueue } from '#hub/awards/calling.js';
import { correction } from '#hub/awards/correction.js';
import { mayCorrect, stepsOf } from '#hub/awards/steps.js';
import { levelWords, nameWords, prizeWords, recipientWords, stateWords } from '#hub/awards/words.js';
import { ask } from '#hub/web/ask.js';
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/documents.js').GuestDoc} GuestDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/awards/calling.js').Reading} Reading */
/** @typedef {import('#hub/awards/steps.js').Step} Step */
/** @typedef {{store: Store, conf: string, lane: () => string}} Panel `lane` returns the id of the chosen lane */

/**
 * Draw the panel and keep it up to date.
 * @param {Panel} panel
 * @returns {{render: () => void, key: (letter: string) => boolean}} `key` presses the button of a letter; false when it has none
 */
export function awardsPanel(panel) {
  const root = need('#awards-panel');
  const render = () => draw(root, panel);
  panel.store.subscribe(render);
  const key = (/** @type {string} */ letter) => {
    const button = /** @type {HTMLElement | null} */ (root.querySelector(`[data-key="${letter.toUpperCase()}"]`));
    button?.click();
    return button !== null;
  };
  return { render, key };
}

/**
 * @param {HTMLElement} root
 * @param {Panel} panel
 */
function draw(root, panel) {
  const { store } = panel;
  const { up, following } = readingQueue(store, panel.lane());
  const awards = inCallingOrder(store, panel.lane());
  const revealed = awards.filter((award) => award.revealed_at).length;
  setText(need('[data-count]', root), t('{told} / {all} 발표', { told: revealed, all: awards.length }));
  renderList(need('[data-up]', root), up ? [up] : [], (reading) => signature(store, reading), (reading) => upCard(panel, reading));
  renderList(need('[data-following]', root), following, (reading) => signature(store, reading), (reading) => line(store, reading));
  renderList(need('[data-all]', root), awards, (award) => JSON.stringify(award), (award) => row(panel, award));
}

/**
 * Everything that is shown of a reading: while it is the same, what was drawn stays.
 * @param {Store} store
 * @param {Reading} reading
 */
function signature(store, reading) {
  return JSON.stringify([reading, store.get(`guest/${reading.award.guest}`)]);
}

/**
 * @param {Panel} panel
 * @param {Reading} reading
 */
function upCard(panel, { award, number, total }) {
  return el(
    'div',
    { class: 'award-up', dataset: { state: award.state, award: award.id } },
    el('p', { class: 'eyebrow' }, [levelWords(award.level), prizeWords(award.level), `${number} / ${total}`].filter(Boolean).join(' · ')),
    el('p', { class: 'award-name' }, nameWords(award)),
    el('p', null, award.kind === 'organisation' ? null : award.organisation),
    el('p', { class: 'cluster' }, stateBadge(award), readiness(panel.store, award)),
    el('div', { class: 'actions' }, ...stepsOf(award).map((step) => stepButton(panel, award, step, { key: true })), correctButton(panel, award)),
  );
}

/**
 * @param {Store} store
 * @param {Reading} reading
 */
function line(store, { award, number, total }) {
  return el(
    'li',
    { class: 'cluster' },
    el('span', { class: 'quiet' }, `${number} / ${total}`),
    el('span', null, recipientWords(award)),
    readiness(store, award),
  );
}

/**
 * @param {Panel} panel
 * @param {AwardDoc} award
 */
function row(panel, award) {
  return el(
    'tr',
    null,
    el('td', { class: 'number' }, String(award.order)),
    el('td', null, levelWords(award.level)),
    el('td', null, recipientWords(award)),
    el('td', null, stateBadge(award)),
    el('td', null, el('div', { class: 'cluster' }, ...stepsOf(award).map((step) => stepButton(panel, award, step)), correctButton(panel, award))),
  );
}

/**
 * @param {Panel} panel
 * @param {AwardDoc} award
 * @param {Step} step
 * @param {{key?: boolean}} [options] `key`: the button of the award that is up, which has the key
 */
function stepButton(panel, award, step, { key = false } = {}) {
  const shown = key ? step.key : undefined;
  /** @type {HTMLButtonElement} */
  const button = el(
    'button',
    { type: 'button', class: key ? 'button' : 'button small', dataset: { verb: step.verb }, 'data-kind': step.kind, 'data-key': shown, onclick: () => void carryOut(panel, award, step, button) },
    step.words,
    shown && el('kbd', null, shown),
  );
  return button;
}

/**
 * @param {Panel} panel
 * @param {AwardDoc} award
 * @param {Step} step
 * @param {HTMLElement} button
 */
async function carryOut(panel, award, step, button) {
  const seen = panel.store.head;
  if (step.question && !(await ask(step.question))) return;
  await command(panel, award, step.verb, button, { seen });
}

/**
 * @param {Panel} panel
 * @param {AwardDoc} award
 * @param {string} verb
 * @param {HTMLElement} button
 * @param {Record<string, unknown>} body
 */
async function command({ store, conf }, award, verb, button, body) {
  const answer = await press(button, `/api/v1/c/${encodeURIComponent(conf)}/awards/${encodeURIComponent(award.id)}/${verb}`, body);
  if (answer?.ok) store.apply([answer.data.fact]);
}

/**
 * @param {Panel} panel
 * @param {AwardDoc} award
 */
function correctButton(panel, award) {
  if (!mayCorrect(award)) return null;
  const button = el('button', { type: 'button', class: 'button small', 'data-kind': 'quiet', onclick: () => void open() }, t('고치기'));
  const open = async () => {
    const seen = panel.store.head;
    const given = await correction(award);
    if (given) await command(panel, award, 'correct', button, { ...given, seen });
  };
  return button;
}

/**
 * Whether the person who comes to the stage is there.
 * @param {Store} store
 * @param {AwardDoc} award
 */
function readiness(store, award) {
  const guest = award.guest ? store.get(`guest/${award.guest}`) : undefined;
  if (!guest) return null;
  const [words, kind] = readinessWords(guest);
  return el('span', { class: 'badge', 'data-kind': kind }, words);
}

/**
 * @param {GuestDoc} guest
 * @returns {[string, string]}
 */
function readinessWords(guest) {
  if (guest.inside) return [t('도착함'), 'good'];
  return guest.remote_connected ? [t('온라인 접속함'), 'good'] : [t('아직 오지 않음'), 'warn'];
}

/** @param {AwardDoc} award */
function stateBadge(award) {
  const kinds = /** @type {Record<string, string>} */ ({ armed: 'warn', revealed: 'live', deferred: 'wait', skipped: 'open' });
  return el('span', { class: 'badge', 'data-kind': kinds[award.state] ?? '' }, stateWords(award.state));
}
