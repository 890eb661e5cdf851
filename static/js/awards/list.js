/** The revealed awards under their levels, on the live page and among the results. */
import { el, need, renderList, setName, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { levelWords, nameWords, prizeWords, unnamedWords } from '#hub/awards/words.js';
import { byLevel, naming, totalOf } from '#hub/awards/revealed.js';
import { derived, whenOther } from '#hub/web/derived.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/documents.js').CeremonyDoc} CeremonyDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/awards/revealed.js').LevelGroup} LevelGroup */
/** @typedef {{key: string, award: AwardDoc | null, unnamed: number}} Line */

/** From so many lines on, a level is laid out only when it is near the window. */
const LONG = 50;

/**
 * @param {Element} parent
 * @param {Store} store
 * @param {{prize?: boolean}} [options] `prize`: write the money that goes with a level
 */
export function drawLevels(parent, store, { prize = false } = {}) {
  drawing(parent)(store.all('award/'), store.get('ceremony'), prize);
}

const drawing = derived((/** @type {Element} */ parent) =>
  whenOther((/** @type {readonly AwardDoc[]} */ awards, /** @type {CeremonyDoc | undefined} */ ceremony, /** @type {boolean} */ prize) => draw(parent, awards, ceremony, prize)),
);

/**
 * @param {Element} parent
 * @param {readonly AwardDoc[]} awards
 * @param {CeremonyDoc | undefined} ceremony
 * @param {boolean} prize
 */
function draw(parent, awards, ceremony, prize) {
  renderList(
    parent,
    byLevel(awards, ceremony?.programmes),
    (group) => group.level.id,
    () => levelSection(),
    (element, group) => {
      updateLevel(element, group, totalOf(ceremony, group.level.id), prize);
      setText(need('.level-programme', element), programmeWords(ceremony?.programmes ?? [], group.level) ?? '');
    },
  );
}

/**
 * The programme of a level where there are several, else null.
 * @param {readonly import('#hub/live/documents.js').ProgrammeDoc[]} programmes
 * @param {Pick<import('#hub/live/documents.js').LevelDoc, 'programme'>} level
 */
export function programmeWords(programmes, level) {
  const own = programmes.find(({ id }) => id === level.programme);
  return own && programmes.length > 1 ? text(own.title) : null;
}

/**
 * The lines of a level: each named award one, the unnamed ones together in one.
 * @param {readonly AwardDoc[]} awards
 * @returns {Line[]}
 */
export function levelLines(awards) {
  const named = awards.filter((award) => naming(award).name);
  const unnamed = awards.length - named.length;
  /** @type {Line[]} */
  const lines = named.map((award) => ({ key: award.id, award, unnamed: 0 }));
  return unnamed > 0 ? [...lines, { key: 'unnamed', award: null, unnamed }] : lines;
}

function levelSection() {
  return el(
    'section',
    { class: 'level' },
    el('p', { class: 'level-programme quiet' }),
    el('h3', { class: 'level-head' }, el('span', { class: 'level-title' }), ' ', el('span', { class: 'level-count quiet figure' })),
    el('p', { class: 'level-prize quiet small figure' }),
    el('ul', { class: 'level-list' }),
  );
}

/**
 * @param {Element} element
 * @param {LevelGroup} group
 * @param {number | null} total
 * @param {boolean} prize
 */
function updateLevel(element, { level, awards }, total, prize) {
  setText(need('.level-title', element), levelWords(level));
  setText(need('.level-count', element), countWords(awards.length, total));
  const money = prize ? prizeWords(level) : null;
  setText(need('.level-prize', element), money ?? '');
  need('.level-prize', element).hidden = money === null;
  const lines = levelLines(awards);
  element.toggleAttribute('data-long', lines.length > LONG);
  renderList(
    need('.level-list', element),
    lines,
    (line) => line.key,
    () => el('li', { class: 'award-line' }, el('span', { class: 'award-name' }), el('span', { class: 'award-from quiet' })),
    (item, line) => updateLine(item, line, level),
  );
}

/** @type {WeakMap<Element, AwardDoc>} the award whose name a line says */
const written = new WeakMap();

/**
 * @param {Element} element
 * @param {Line} line
 * @param {import('#hub/live/documents.js').LevelDoc} level
 */
function updateLine(element, { award, unnamed }, level) {
  if (award && written.get(element) === award) return;
  if (award) written.set(element, award);
  setName(need('.award-name', element), award ? nameWords(award) : unnamedWords(level, unnamed));
  setName(need('.award-from', element), (award && naming(award).from) ?? '');
}

/**
 * @param {number} revealed
 * @param {number | null} total
 */
export function countWords(revealed, total) {
  return total === null || total === revealed ? t('{n}건', { n: revealed }) : t('{total}건 중 {n}건', { n: revealed, total });
}
