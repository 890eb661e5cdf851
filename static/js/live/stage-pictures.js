/** The pictures of a stage screen: one maker for each scene, and how a picture follows its scene while it stands. */
import { el, need, renderList, setName, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { applauseWords } from '#hub/live/applause.js';
import { drawSpeakers, speakersWords } from '#hub/agenda/speakers.js';
import { levelWords, nameWords, unnamedWords } from '#hub/awards/words.js';
import { naming } from '#hub/awards/revealed.js';
import { groupRollSize, layerSize, ROOM, rollFrame, rollGrid } from '#hub/live/stage-sizes.js';
import { fitSize } from '#hub/web/fit.js';
import { fitText } from '#hub/web/fit-text.js';
import { clockTime, duration } from '#hub/web/time.js';

/** @typedef {import('#hub/live/stage-scene.js').Scene} Scene */
/** @typedef {import('#hub/live/stage-scene.js').RollLine} RollLine */
/** @typedef {import('#hub/web/i18n.js').Text} Text */
/** @typedef {{title: Text, host: Text, zone: string}} Occasion */

/**
 * Make the picture of a scene; `follow` fills in what changes.
 * @param {Scene} scene
 * @param {Occasion} occasion
 * @returns {HTMLElement}
 */
export function paint(scene, occasion) {
  switch (scene.kind) {
    case 'idle':
      return idle(occasion, '');
    case 'over':
      return idle(occasion, t('함께해 주셔서 고맙습니다'));
    case 'countdown':
      return el(
        'div',
        { class: 'picture picture-countdown' },
        fitText(el('p', { class: 'idle-title' }), text(occasion.title), { room: ROOM, lines: 2, max: 4.6, min: 2.4 }),
        el('p', { class: 'count-words' }),
        el('p', { class: 'count figure' }),
      );
    case 'cue':
      return el(
        'div',
        { class: 'picture picture-cue' },
        el('p', { class: 'cue-segment' }, segmentWords(scene)),
        fitText(el('h1', { class: 'cue-title' }), text(scene.view.cue?.title), { room: ROOM, lines: 3, max: 8, min: 3.5 }),
        speakersLine(scene.view.cue?.speakers ?? []),
      );
    case 'layer':
      return layer(scene, occasion);
    case 'award':
      return el('div', { class: 'picture picture-award' }, ...awardParts());
    case 'roll':
      return el(
        'div',
        { class: 'picture picture-roll' },
        el('p', { class: 'award-level' }, levelWords(scene.level)),
        el('ul', { class: 'roll' }),
      );
    case 'group':
      return el(
        'div',
        { class: 'picture picture-group' },
        el('p', { class: 'award-level' }, text(scene.group.heading)),
        el('div', { class: 'group-now' }),
        el('ol', { class: 'group-roll' }),
      );
  }
}

/**
 * Bring a picture up to date with a scene of the same key.
 * @param {HTMLElement} picture
 * @param {Scene} scene
 * @param {number} now server time (ms)
 * @param {string} zone
 */
export function follow(picture, scene, now, zone) {
  switch (scene.kind) {
    case 'countdown':
      return followCountdown(picture, scene.at, now, zone);
    case 'award':
      return followAward(picture, scene.award);
    case 'roll':
      return followRoll(need('.roll', picture), scene.lines);
    case 'group':
      return followGroup(picture, scene);
  }
}

/**
 * @param {Occasion} occasion
 * @param {string} farewell
 */
function idle(occasion, farewell) {
  return el(
    'div',
    { class: 'picture picture-idle' },
    fitText(el('p', { class: 'idle-title' }), text(occasion.title), { room: ROOM, lines: 3, max: 7.5, min: 3 }),
    el('p', { class: 'idle-host' }, farewell || text(occasion.host)),
  );
}

/** @param {readonly import('#hub/agenda/speakers.js').Speaker[]} speakers */
function speakersLine(speakers) {
  const line = el('p', { class: 'cue-speakers' });
  drawSpeakers(line, speakers);
  line.style.setProperty('--fit', String(fitSize(speakersWords(speakers), { room: ROOM, lines: 2, max: 4.4, min: 2 })));
  return line;
}

/**
 * What the operator laid over the stage.
 * @param {Extract<Scene, {kind: 'layer'}>} scene
 * @param {Occasion} occasion
 */
function layer({ layer: kind, text: words }, occasion) {
  const large = (/** @type {string} */ line) => fitText(el('p', { class: 'layer-words' }), line, { room: ROOM, lines: 3, max: 11, min: 3 });
  const sized = (/** @type {string} */ line) => fitText(el('p', { class: 'layer-words' }), line, { room: ROOM, lines: 1, max: layerSize(line), min: layerSize(line) });
  switch (kind) {
    case 'blackout':
      return el('div', { class: 'picture picture-blackout' });
    case 'logo':
      return idle(occasion, '');
    case 'text':
      return el('div', { class: 'picture picture-layer' }, sized(text(words)));
    case 'applause':
      return el('div', { class: 'picture picture-layer' }, large(t('축하의 박수를 보내 주세요')), el('p', { class: 'layer-claps figure' }));
    case 'photo':
      return el('div', { class: 'picture picture-layer' }, large(t('기념 촬영을 합니다')), el('p', { class: 'idle-host' }, t('무대 앞을 봐 주세요')));
  }
}

/**
 * Show how much the audience elsewhere claps, where the picture calls for applause.
 * @param {HTMLElement} picture
 * @param {number} claps
 */
export function showClaps(picture, claps) {
  const place = picture.querySelector('.layer-claps');
  if (place) setText(place, applauseWords(claps));
}

function awardParts() {
  return ['award-level', 'award-name', 'award-from'].map((part) => el('p', { class: part }));
}

/**
 * @param {HTMLElement} picture
 * @param {import('#hub/live/documents.js').AwardDoc} award
 */
function followAward(picture, award) {
  setText(need('.award-level', picture), levelWords(award.level));
  fitText(need('.award-name', picture), nameWords(award), { room: ROOM, lines: 2, max: 20, min: 4.5 });
  fitText(need('.award-from', picture), naming(award).from ?? '', { room: ROOM, lines: 2, max: 5, min: 1.6 });
}

/**
 * @param {HTMLElement} roll
 * @param {RollLine[]} lines
 */
function followRoll(roll, lines) {
  const { columns, rows } = rollGrid(lines.length);
  roll.dataset.columns = String(columns);
  roll.style.setProperty('--columns', String(columns));
  roll.style.setProperty('--rows', String(rows));
  renderList(roll, lines, (line) => line.id, rollItem, (item, line) => updateRollItem(/** @type {HTMLElement} */ (item), line, lines.length));
}

/** A group: the heading, the name that came out last, large, and beside it all that are out, at one size. */
const GROUP = { room: 48, max: 9, most: 26 };

/**
 * @param {HTMLElement} picture
 * @param {Extract<Scene, {kind: 'group'}>} scene
 */
function followGroup(picture, { group, current, lines }) {
  picture.toggleAttribute('data-empty', lines.length === 0);
  renderList(need('.group-now', picture), current ? [current] : [], ({ id }) => id, groupName, (element, award) => {
    fitText(need('.award-name', element), nameWords(award), { room: GROUP.room, lines: 2, max: GROUP.max, min: 3 });
    fitText(need('.award-from', element), naming(award).from ?? '', { room: GROUP.room, lines: 2, max: 3.4, min: 1.6 });
  });
  const roll = need('.group-roll', picture);
  const shown = lines.slice(-GROUP.most);
  const words = (/** @type {RollLine} */ line) => (line.award ? nameWords(line.award) : unnamedWords(line.level, line.unnamed));
  const rows = Math.min(group.size, GROUP.most);
  const columns = rows > GROUP.most / 2 ? 2 : 1;
  const { size, wrapped } = groupRollSize(shown.map(words), rows, columns);
  roll.style.setProperty('--fit', String(size));
  roll.toggleAttribute('data-wrapped', wrapped);
  roll.style.setProperty('--columns', String(columns));
  roll.style.setProperty('--rows', String(Math.ceil(rows / columns)));
  renderList(roll, shown, ({ id }) => id, () => el('li'), (item, line) => {
    item.toggleAttribute('data-newest', line.newest);
    setName(item, words(line));
  });
}

function groupName() {
  return el('div', { class: 'group-name' }, el('p', { class: 'award-name' }), el('p', { class: 'award-from' }));
}

function rollItem() {
  return el('li', { class: 'roll-line' }, el('span', { class: 'roll-name' }), el('span', { class: 'roll-from' }));
}

/**
 * @param {HTMLElement} item
 * @param {RollLine} line
 * @param {number} lines how many there are
 */
function updateRollItem(item, { award, level, unnamed, newest }, lines) {
  const words = award ? nameWords(award) : unnamedWords(level, unnamed);
  const from = (award && naming(award).from) ?? '';
  const frame = rollFrame(words, from, lines);
  item.toggleAttribute('data-newest', newest);
  item.toggleAttribute('data-stacked', frame.stacked);
  fitText(need('.roll-name', item), words, frame.name);
  fitText(need('.roll-from', item), from, frame.from);
}

/**
 * @param {HTMLElement} picture
 * @param {number} at
 * @param {number} now
 * @param {string} zone
 */
function followCountdown(picture, at, now, zone) {
  const soon = at <= now;
  setText(need('.count-words', picture), soon ? t('곧 시작합니다') : t('{time}에 시작합니다', { time: clockTime(at, zone) }));
  setText(need('.count', picture), soon ? '' : duration(at - now));
}

/** @param {Extract<Scene, {kind: 'cue'}>} scene */
function segmentWords({ view }) {
  const title = text(view.segment?.title);
  if (title !== text(view.cue?.title)) return title;
  return view.segment?.kind === 'general' ? '' : text(view.segment?.label);
}
