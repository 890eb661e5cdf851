/** The blocks of the axis: a cue, and a gap with a button that fills it. */
import { findSegment, startOf } from '#hub/agenda/editor/model.js';
import { problemsAt } from '#hub/agenda/editor/problems.js';
import { addCue } from '#hub/agenda/editor/steps.js';
import { lengthWords } from '#hub/agenda/editor/words.js';
import { whereOthersAre } from '#hub/agenda/editor/workspace.js';
import { localOf, writeClock } from '#hub/agenda/editor/zone.js';
import { el, need, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/agenda/editor/model.js').Cue} Cue */
/** @typedef {import('#hub/agenda/editor/model.js').Lane} Lane */

/** @type {WeakMap<Element, unknown[]>} */
const drawn = new WeakMap();

/** @param {Cue} cue */
export function makeBlock(cue) {
  return el(
    'div',
    { class: 'block', role: 'button', tabindex: -1, dataset: { cue: cue.id } },
    el('span', { class: 'block-time figure' }),
    el('span', { class: 'block-title' }),
    el('span', { class: 'block-length visually-hidden' }),
    el('span', { class: 'block-note' }),
    el('span', { class: 'block-end', 'aria-hidden': 'true' }),
  );
}

/**
 * @param {HTMLElement} block
 * @param {Cue} cue
 * @param {Lane} lane
 * @param {Workspace} space
 */
export function drawBlock(block, cue, lane, space) {
  const segment = findSegment(space.content, cue.segment);
  const problems = problemsAt(space, cue.id);
  const others = whereOthersAre(space.others).get(cue.id) ?? '';
  const made = [cue, segment, problems, others, space.selected === cue.id, lane.colour, space.unsaved.has(cue.id), block.hasAttribute('data-drawn')];
  const before = drawn.get(block);
  if (before && before.every((value, index) => value === made[index])) return;
  block.setAttribute('data-drawn', '');
  drawn.set(block, [...made.slice(0, -1), true]);
  const time = writeClock(localOf(startOf(cue), space.settings.zone).seconds);
  const note = [problems, others && t('{name} 님이 편집 중', { name: others }), cue.skipped && t('건너뜀'), text(segment?.title)].filter(Boolean).join(' · ');
  setText(need('.block-time', block), time);
  setText(need('.block-title', block), `${cue.number} ${text(cue.title)}`);
  setText(need('.block-note', block), note);
  block.setAttribute('aria-pressed', String(space.selected === cue.id));
  setText(need('.block-length', block), lengthWords(cue.planned_s));
  block.style.setProperty('--cue', cue.colour ?? lane.colour ?? 'var(--accent-strong)');
  block.classList.toggle('unsaved', space.unsaved.has(cue.id));
  block.classList.toggle('skipped', cue.skipped);
  block.classList.toggle('soft', !cue.fixed);
  block.dataset.mark = problems ? 'problem' : others ? 'other' : '';
}

/**
 * @param {Workspace} space
 * @param {string} before the cue that ends it
 */
export function gapBlock(space, before) {
  const fill = () => {
    const lane = space.content.lanes.find((one) => one.cues.some((cue) => cue.id === before));
    const added = lane && addCue(space.content, lane.id, before, { title: space.textOf(t('새 순서')) }, Date.parse(space.settings.startsAt));
    if (added && space.make(added.step)) space.reveal(added.id);
  };
  return el('button', { type: 'button', class: 'block-gap', tabindex: -1, onclick: fill }, t('비어 있음 · 순서 넣기'));
}
