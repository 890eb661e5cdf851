/**
 * What stands on a badge is made as small as it has to be, by measuring: first the name, so that no word is broken and
 * it takes few lines, then what stands below it, then both. The QR code keeps its place and its size.
 */

const NAME_LINES = 2;
const LEAST_NAME = 0.5;
/** Below this share of its size, what stands below the name shrinks together with the name. */
const TEXT_ALONE = 0.6;
const STEP = 0.025;
const LEAST = 0.2;
const STEPS = Array.from({ length: Math.round((1 - LEAST) / STEP) + 1 }, (_, index) => 1 - index * STEP);

/** Browsers measure in whole pixels, and round what is inside and outside apart. */
const ROUNDED = 1;

/** @typedef {{name: HTMLElement, who: HTMLElement, nameFit: number}} Words */

/**
 * Fit the words of every badge of a sheet, now and when its letters have come.
 * @param {Element} sheet
 */
export function keepFitted(sheet) {
  fitBadges(sheet);
  document.fonts.addEventListener('loadingdone', () => fitBadges(sheet));
}

/**
 * @param {Element} sheet its badges are `.badge-card`
 */
export function fitBadges(sheet) {
  sheet.setAttribute('data-fitted', '');
  const badges = [...sheet.querySelectorAll('.badge-card')].map(wordsOf);
  settle(badges, sizeName, nameFits);
  for (const { name } of badges) name.style.overflowWrap = '';
  settle(badges, sizeAll, allFit);
}

/**
 * @param {Element} card
 * @returns {Words}
 */
function wordsOf(card) {
  const [name, who] = /** @type {HTMLElement[]} */ ([card.querySelector('.badge-name'), card.querySelector('.badge-who')]);
  who.style.setProperty('--text-fit', '1');
  return { name, who, nameFit: 1 };
}

/** @param {Words} words @param {number} share */
function sizeName(words, share) {
  words.nameFit = Math.max(LEAST_NAME, share);
  words.name.style.setProperty('--name-fit', String(words.nameFit));
  words.name.style.overflowWrap = share > LEAST_NAME ? 'normal' : '';
}

/** @param {Words} words */
function nameFits({ name, nameFit }) {
  if (nameFit <= LEAST_NAME) return true;
  const lines = Math.round(name.clientHeight / parseFloat(getComputedStyle(name).lineHeight));
  return lines <= NAME_LINES && name.scrollWidth <= name.clientWidth + ROUNDED;
}

/** @param {Words} words @param {number} share */
function sizeAll({ name, who, nameFit }, share) {
  who.style.setProperty('--text-fit', String(share));
  name.style.setProperty('--name-fit', String(nameFit * Math.min(1, share / TEXT_ALONE)));
}

/** @param {Words} words */
function allFit({ who }) {
  return who.scrollHeight <= who.clientHeight + ROUNDED && who.scrollWidth <= who.clientWidth + ROUNDED;
}

/**
 * Give each badge the largest step that fits; all badges are changed before any is measured, or each would be laid out alone.
 * @param {Words[]} badges
 * @param {(words: Words, share: number) => void} size
 * @param {(words: Words) => boolean} fits
 */
function settle(badges, size, fits) {
  const searches = badges.map((words) => ({ words, low: 0, high: STEPS.length - 1, at: 0 }));
  for (let open = searches; open.length > 0; open = open.filter(({ low, high }) => low < high)) {
    for (const one of open) size(one.words, STEPS[one.at]);
    for (const one of open) narrow(one, fits(one.words));
  }
  for (const { words, low } of searches) size(words, STEPS[low]);
}

/**
 * @param {{low: number, high: number, at: number}} search
 * @param {boolean} fitted whether the step `at` did
 */
function narrow(search, fitted) {
  if (fitted) search.high = search.at;
  else search.low = Math.min(search.at + 1, search.high);
  search.at = (search.low + search.high) >> 1;
}
