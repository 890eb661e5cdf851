/** One lane on the console: what is on, how long it has, what comes, the buttons, and the rundown. */
import { controls } from '#hub/agenda/console/controls.js';
import { driverButton } from '#hub/agenda/console/driver.js';
import { isLate } from '#hub/agenda/console/make-up.js';
import { drivenRun } from '#hub/agenda/console/rehearsal.js';
import { Rundown } from '#hub/agenda/console/rundown.js';
import { driftWords, finishWords, statusWord, waitingWords } from '#hub/agenda/console/words.js';
import { drawNotes, notesList } from '#hub/agenda/notes.js';
import { laneName } from '#hub/agenda/lane-words.js';
import { besideOf } from '#hub/agenda/lanes.js';
import { el, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { phaseOf, timeLeft } from '#hub/web/countdown.js';
import { clockBeside } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/console/lanes.js').ConsoleLane} ConsoleLane */
/** @typedef {import('#hub/agenda/console/rules.js').Button} Button */
/** @typedef {import('#hub/agenda/console/lane-commands.js').Progress} Progress */

const BADGES = { waiting: 'wait', running: 'live', held: 'warn', finished: 'good' };
const LAST_MINUTE_MS = 60_000;
const RECOGNISED_PX = 24;

export class Panel {
  #zone;
  #number = el('kbd');
  #name = el('span', { class: 'lane-name' });
  #badge = el('span', { class: 'badge' });
  #chosen = el('span', { class: 'lane-chosen' });
  #title = el('p', { class: 'on-air-title' });
  #digits = el('p', { class: 'countdown lane-countdown', role: 'timer', 'aria-live': 'off' });
  #left = el('p', { class: 'lane-left' });
  #times = el('p', { class: 'lane-times' });
  #notes = notesList();
  #next = el('p', { class: 'lane-next' });
  #waiting = el('p', { class: 'lane-waiting', role: 'status' });
  #finish = el('p', { class: 'lane-finish' });
  #drift = el('p', { class: 'lane-drift' });
  #makeUp;
  #report = el('a', { class: 'lane-report', href: reportPath(), hidden: true }, t('진행 보고서'));
  #rundown;
  #controls;
  #driver;
  #actor;

  /**
   * @param {{place: HTMLElement, zone: string, actor: string, pressDriver: () => void, pressMakeUp: () => void, press: (button: Button) => void, pressCue: (act: import('#hub/agenda/console/cue-acts.js').CueAct) => void, choose: () => void, giveUp: () => void, awards: HTMLElement, queue: HTMLElement, stage: HTMLElement, layers: HTMLElement}} parts
   *   `place`: the element that becomes the panel, whatever was in it; `actor`: id of who looks, `awards`: the lane's award that is up, `queue`: those that follow, `stage`: what its stage shows, `layers`: the buttons of what lies over it; others fill them
   */
  constructor({ place, zone, actor, press, pressCue, pressDriver, pressMakeUp, choose, giveUp, awards, queue, stage, layers }) {
    this.#zone = zone;
    this.#actor = actor;
    this.#driver = driverButton(pressDriver);
    this.#makeUp = el('button', { type: 'button', class: 'button small lane-make-up', 'aria-haspopup': 'dialog', 'aria-keyshortcuts': 'T', hidden: true, onclick: pressMakeUp }, t('시간 맞추기'), el('kbd', { 'aria-hidden': 'true' }, 'T'));
    this.#rundown = new Rundown(zone, pressCue);
    this.#controls = controls({ press, giveUp });
    this.heading = el('button', { type: 'button', class: 'lane-heading', onclick: choose }, this.#number, this.#name);
    this.element = place;
    place.replaceChildren(
      el('header', { class: 'lane-head' }, el('h2', null, this.heading), this.#badge, this.#chosen, this.#driver.element),
      el('div', { class: 'on-air' }, el('div', { class: 'on-air-words' }, this.#title, this.#times), el('div', { class: 'on-air-time' }, this.#digits, this.#left)),
      el('div', { class: 'lane-end' }, this.#drift, this.#finish, this.#waiting, this.#makeUp, this.#report),
      awards,
      this.#controls.element,
      layers,
      queue,
      this.#next,
      this.#rundown.element,
      el('div', { class: 'lane-more' }, stage, this.#notes),
    );
  }

  /**
   * Show how the lane stands.
   * @param {ConsoleLane} lane
   * @param {number} index its place among the lanes, from 0: the key that chooses it
   * @param {boolean} chosen whether the keyboard commands it
   * @param {number} now server time (ms)
   */
  draw(lane, index, chosen, now) {
    this.element.dataset.lane = lane.lane.id;
    this.element.dataset.status = lane.status;
    if (lane.lane.colour) this.element.style.setProperty('--lane-colour', lane.lane.colour);
    else this.element.style.removeProperty('--lane-colour');
    this.element.classList.toggle('chosen', chosen);
    this.heading.setAttribute('aria-pressed', String(chosen));
    setText(this.#number, String(index + 1));
    setText(this.#name, laneName(lane));
    setText(this.#chosen, chosen ? t('키보드') : '');
    this.#driver.draw(lane.lane, this.#actor);
    this.#badge.dataset.kind = lane.lane.ready_since ? 'warn' : BADGES[lane.status];
    setText(this.#badge, lane.lane.ready_since ? t('준비됨') : statusWord(lane.status));
    setText(this.#title, titleWords(lane));
    drawNotes(this.#notes, lane.notes);
    setText(this.#next, nextWords(lane, this.#zone));
    setText(this.#waiting, waitingWords(lane));
    this.#waiting.hidden = this.#waiting.textContent === '';
    this.#waiting.classList.toggle('ready', Boolean(lane.lane.ready_since) || lane.awaiting.length > 0);
    setText(this.#times, this.#onAirTimes(lane));
    setText(this.#finish, finishWords(lane, this.#zone));
    this.#report.hidden = lane.status !== 'finished';
    this.#makeUp.hidden = !isLate(lane);
    setText(this.#drift, driftWords(lane.driftMs));
    this.#drift.dataset.late = lateness(lane.driftMs);
    this.#drawTime(lane, now);
    this.#rundown.draw(lane);
    this.#controls.draw(lane);
  }

  /** Put the focus on the first button of the lane. */
  enter() {
    /** @type {HTMLElement | null} */ (this.element.querySelector('.card-steps button:not([hidden]), .lane-buttons button:not([hidden])'))?.focus();
  }

  /**
   * Scroll to what a key presses, unless it can be seen.
   * @param {string} pressed selector
   * @param {string} signs selector of what else says on whom the key acts
   * @returns {boolean} whether any of it could be seen before
   */
  reveal(pressed, signs) {
    const known = [...this.element.querySelectorAll(`${pressed}, ${signs}`)].filter(hasSize);
    const seen = known.length === 0 || known.some(isSeen);
    if (!seen) this.element.scrollIntoView({ block: 'start' });
    const target = [...this.element.querySelectorAll(pressed)].find(hasSize);
    if (target && !isWhole(target)) target.scrollIntoView({ block: 'nearest' });
    return seen;
  }

  /**
   * Scroll to the lane unless its top can be seen; side by side it always can.
   * @returns {boolean} whether that was needed
   */
  comeIntoView() {
    const needed = !isWhole(this.heading);
    if (needed) this.element.scrollIntoView({ block: 'start' });
    return needed;
  }

  /**
   * Show how the lane's last command stands; null clears it.
   * @param {Progress | null} progress
   */
  report(progress) {
    this.#controls.report(progress);
  }

  /**
   * The time left on air; before the start, the time until it is planned.
   * @param {ConsoleLane} lane
   * @param {number} now
   */
  #drawTime(lane, now) {
    const ms = lane.status === 'waiting' && lane.lines.length > 0 ? lane.lines[0].times.plannedStart - now : lane.remainingMs;
    const over = ms !== null && ms <= -1000;
    setText(this.#digits, ms === null ? '–' : timeLeft(ms));
    setText(this.#left, ms === null ? '' : leftWords(lane.status, over));
    this.#digits.dataset.phase = phaseOf(ms, lane.cue);
    this.element.classList.toggle('over', over);
  }

  /** @param {ConsoleLane} lane */
  #onAirTimes(lane) {
    const line = lane.lines.find(({ state }) => state === 'on-air');
    if (!line) return '';
    const { plannedStart, plannedEnd, startedAt, projectedEnd } = line.times;
    const beside = besideOf([lane]);
    const at = (/** @type {number | null} */ ms, /** @type {number} */ day) => (ms === null ? '–' : clockBeside(ms, day, this.#zone));
    return t('계획 {from}–{to} · 시작 {start} · 예상 끝 {end}', {
      from: at(plannedStart, beside.planned), to: at(plannedEnd, beside.planned), start: at(startedAt, beside.real), end: at(projectedEnd, beside.real),
    });
  }
}

/** @param {Element} element */
function hasSize(element) {
  return element.getBoundingClientRect().height > 0;
}

/**
 * Return whether so much of it stands in the window, below the bar that stays on top, that it can be recognised.
 * @param {Element} element
 */
function isSeen(element) {
  const { top, bottom, height } = element.getBoundingClientRect();
  return Math.min(bottom, globalThis.innerHeight) - Math.max(top, barBottom()) >= Math.min(height, RECOGNISED_PX);
}

/** @param {Element} element */
function isWhole(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= barBottom() && bottom <= globalThis.innerHeight;
}

function barBottom() {
  return document.querySelector('.console-vital')?.getBoundingClientRect().bottom ?? 0;
}

/** Where the report of the run is that the console drives. */
function reportPath() {
  const run = drivenRun();
  return run ? `desk/report?run=${encodeURIComponent(run)}` : 'desk/report';
}

/** @param {ConsoleLane} lane */
function titleWords(lane) {
  if (lane.cue) return text(lane.cue.title);
  return lane.status === 'finished' ? t('모든 순서를 마쳤습니다') : t('아직 시작하지 않았습니다');
}

/**
 * @param {ConsoleLane} lane
 * @param {string} zone
 */
function nextWords(lane, zone) {
  if (!lane.next) return lane.status === 'finished' ? '' : t('다음: 없음, 마지막 순서입니다');
  const title = text(lane.next.cue.title);
  const time = lane.next.at === null ? '–' : clockBeside(lane.next.at, besideOf([lane]).real, zone);
  return t('다음 {time}: {title}', { time, title });
}

/**
 * @param {ConsoleLane['status']} status
 * @param {boolean} over
 */
function leftWords(status, over) {
  if (status === 'waiting') return over ? t('시작 예정 시각 지남') : t('시작 예정까지');
  if (status === 'held') return over ? t('초과 · 멈춤') : t('남음 · 멈춤');
  return over ? t('시간 초과') : t('남음');
}

/** @param {number} driftMs */
function lateness(driftMs) {
  if (driftMs >= LAST_MINUTE_MS) return 'late';
  return driftMs <= -LAST_MINUTE_MS ? 'early' : 'on-time';
}
