/** The console's ceremony panel: whose award is up in the chosen lane, whether they are there, and the keys that move it. */
import { ask } from '#hub/web/ask.js';
import { correction } from '#hub/awards/correction.js';
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';
import { levelWords, nameWords, prizeWords, recipientWords, stateWords } from '#hub/awards/words.js';
import { inCallingOrder, readingQueue } from '#hub/awards/calling.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {{verb: string, words: string, key?: string, kind?: string, question?: string}} Step */

/** @type {Record<string, string[]>} */
const STEPS = {
  sealed: ['arm', 'defer', 'skip'],
  deferred: ['arm', 'skip', 'take-back'],
  armed: ['reveal', 'defer', 'take-back'],
  revealed: ['present', 'photo', 'done', 'take-back'],
  presented: ['photo', 'done', 'take-back'],
  photographed: ['done', 'take-back'],
  done: ['take-back'],
  skipped: ['take-back'],
};

/** What each verb is called; those with a question ask once. */
function steps() {
  return /** @type {Record<string, Step>} */ ({
    arm: { verb: 'arm', words: t('발표 준비'), key: 'A', kind: 'primary' },
    reveal: { verb: 'reveal', words: t('발표'), key: 'R', kind: 'primary' },
    present: { verb: 'present', words: t('수여함') },
    photo: { verb: 'photo', words: t('사진 촬영함') },
    done: { verb: 'done', words: t('마침'), key: 'D' },
    defer: { verb: 'defer', words: t('뒤로 미루기') },
    skip: { verb: 'skip', words: t('건너뛰기'), question: t('이 상을 시상식에서 건너뛸까요?') },
    'take-back': { verb: 'take-back', words: t('되돌리기'), kind: 'danger', question: t('되돌려서 다시 비공개로 할까요?') },
  });
}

/**
 * Draw the panel and keep it true.
 * @param {{store: Store, conf: string, lane: () => string}} of `lane` tells which lane is chosen
 * @returns {{render: () => void, key: (pressed: string) => boolean}} `key` tells whether the key was one of the panel's
 */
export function awardsPanel({ store, conf, lane }) {
  const root = need('#awards-panel');
  const command = (/** @type {AwardDoc} */ award, /** @type {Step} */ step, /** @type {HTMLElement} */ button) =>
    carryOut({ conf, store, award, step, button });
  const render = () => draw(root, store, lane(), command, conf);
  store.subscribe(render);
  const key = (/** @type {string} */ pressed) => {
    const button = root.querySelector(`[data-key="${CSS.escape(pressed.toUpperCase())}"]`);
    if (button instanceof HTMLElement) button.click();
    return button !== null;
  };
  return { render, key };
}

/** @param {{conf: string, store: Store, award: AwardDoc, step: Step, button: HTMLElement}} wish */
async function carryOut({ conf, store, award, step, button }) {
  const seen = store.head;
  if (step.question && !(await ask({ title: step.question, body: recipientWords(award), action: step.words }))) return;
  await press(button, `/api/v1/c/${conf}/awards/${award.id}/${step.verb}`, { seen });
}

/**
 * @param {HTMLElement} root
 * @param {Store} store
 * @param {string} laneId
 * @param {(award: AwardDoc, step: Step, button: HTMLElement) => Promise<void>} command
 * @param {string} conf
 */
function draw(root, store, laneId, command, conf) {
  const { up, following } = readingQueue(store, laneId);
  const awards = inCallingOrder(store, laneId);
  const told = awards.filter((award) => award.revealed_at).length;
  setText(need('[data-count]', root), t('{told} / {all} 발표', { told, all: awards.length }));
  renderList(need('[data-up]', root), up ? [up] : [], signature(store), (reading) => upCard(store, reading, command, conf));
  renderList(need('[data-following]', root), following, signature(store), (reading) => line(store, reading));
  renderList(need('[data-all]', root), awards, (award) => `${award.id} ${JSON.stringify(award)}`, (award) => row(award, command, conf));
}

/**
 * A reading drawn once stays until anything shown of it changes.
 * @param {Store} store
 */
function signature(store) {
  return (/** @type {import('#hub/awards/calling.js').Reading} */ reading) =>
    JSON.stringify([reading, store.get(`guest/${reading.award.guest}`)]);
}

/**
 * @param {Store} store
 * @param {import('#hub/awards/calling.js').Reading} reading
 * @param {(award: AwardDoc, step: Step, button: HTMLElement) => Promise<void>} command
 * @param {string} conf
 */
function upCard(store, { award, number, total }, command, conf) {
  return el(
    'div',
    { class: 'award-up', dataset: { state: award.state, award: award.id } },
    el('p', { class: 'eyebrow' }, [levelWords(award.level), prizeWords(award.level), `${number} / ${total}`].filter(Boolean).join(' · ')),
    el('p', { class: 'award-name' }, nameWords(award)),
    el('p', null, award.kind === 'organisation' ? null : award.organisation),
    el('p', { class: 'cluster' }, el('span', { class: 'badge', dataset: stateKind(award) }, stateWords(award.state)), readiness(store, award)),
    el('div', { class: 'actions' }, ...buttons(award, command), correctButton(award, conf, store.head)),
  );
}

/**
 * @param {AwardDoc} award
 * @param {(award: AwardDoc, step: Step, button: HTMLElement) => Promise<void>} command
 */
function buttons(award, command) {
  return STEPS[award.state].map((verb) => {
    const step = steps()[verb];
    const button = el(
      'button',
      { type: 'button', class: 'button', 'data-kind': step.kind ?? null, 'data-key': step.key ?? null, onclick: () => void command(award, step, button) },
      step.words,
      step.key ? el('kbd', null, step.key) : null,
    );
    return button;
  });
}

/**
 * @param {Store} store
 * @param {import('#hub/awards/calling.js').Reading} reading
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
 * Every award of the lane, to take back or correct.
 * @param {AwardDoc} award
 * @param {(award: AwardDoc, step: Step, button: HTMLElement) => Promise<void>} command
 * @param {string} conf
 */
function row(award, command, conf) {
  return el(
    'tr',
    null,
    el('td', { class: 'number' }, String(award.order)),
    el('td', null, levelWords(award.level)),
    el('td', null, recipientWords(award)),
    el('td', null, el('span', { class: 'badge', dataset: stateKind(award) }, stateWords(award.state))),
    el('td', null, el('div', { class: 'cluster' }, ...buttonsWithoutKeys(award, command), correctButton(award, conf, null))),
  );
}

/**
 * @param {AwardDoc} award
 * @param {(award: AwardDoc, step: Step, button: HTMLElement) => Promise<void>} command
 */
function buttonsWithoutKeys(award, command) {
  const drawn = buttons(award, command);
  for (const button of drawn) {
    button.classList.add('small');
    delete button.dataset.key;
    button.querySelector('kbd')?.remove();
  }
  return drawn;
}

/**
 * @param {AwardDoc} award
 * @param {string} conf
 * @param {number | null} seen
 */
function correctButton(award, conf, seen) {
  const button = el('button', { type: 'button', class: 'button small', 'data-kind': 'quiet', onclick: () => void open() }, t('고치기'));
  const open = async () => {
    const given = await correction(award);
    if (given) await press(button, `/api/v1/c/${conf}/awards/${award.id}/correct`, { ...given, ...(seen !== null && { seen }) });
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
 * @param {import('#hub/live/documents.js').GuestDoc} guest
 * @returns {[string, string]}
 */
function readinessWords(guest) {
  if (guest.inside) return [t('도착함'), 'good'];
  return guest.remote_connected ? [t('온라인 접속함'), 'good'] : [t('아직 오지 않음'), 'warn'];
}

/** @param {AwardDoc} award */
function stateKind(award) {
  const kinds = /** @type {Record<string, string>} */ ({ armed: 'warn', revealed: 'live', deferred: 'wait', skipped: 'open' });
  return { kind: kinds[award.state] ?? '' };
}
