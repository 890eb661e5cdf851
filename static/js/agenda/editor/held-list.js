/** Steps that were not made, above the plan: what I wanted and what stands now, side by side, and a choice between them. */
import { partOf, valueAt } from '#hub/agenda/editor/changes.js';
import { findCue, findLane, findSegment } from '#hub/agenda/editor/model.js';
import { writeDuration } from '#hub/agenda/editor/duration.js';
import { writeSpeakers } from '#hub/agenda/editor/speakers.js';
import { localOf, writeClock } from '#hub/agenda/editor/zone.js';
import { announce } from '#hub/web/announce.js';
import { el } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/agenda/editor/draft.js').Held} Held */
/** @typedef {import('#hub/agenda/editor/changes.js').Change} Change */
/** @typedef {import('#hub/agenda/editor/model.js').Content} Content */

export class HeldList {
  #space;
  #save;
  /** @type {unknown[]} */
  #drawn = [];
  element = el('section', { class: 'held', hidden: true, tabindex: -1 });

  /**
   * @param {Workspace} space
   * @param {() => void} save
   */
  constructor(space, save) {
    this.#space = space;
    this.#save = save;
    this.element.setAttribute('aria-label', t('저장하지 않은 것'));
  }

  draw() {
    const { held } = this.#space.draft;
    const made = [this.#space.content, ...held];
    if (held.length === 0 || (made.length === this.#drawn.length && made.every((one, index) => one === this.#drawn[index]))) {
      this.element.hidden = held.length === 0;
      if (held.length === 0) this.element.replaceChildren();
      this.#drawn = held.length === 0 ? [] : this.#drawn;
      return;
    }
    const focused = this.element.contains(document.activeElement);
    this.#drawn = made;
    this.element.hidden = false;
    this.element.replaceChildren(...held.map((one) => this.#card(one)));
    if (focused) this.element.focus();
  }

  /** @param {Held} held */
  #card(held) {
    const refused = held.reason === 'refused';
    const words = refused ? held.words : held.words ? t('{name} 님이 그 사이 바꿨습니다. 어느 쪽으로 할지 골라 주세요.', { name: held.words }) : t('그 사이 다른 사람이 바꿨습니다. 어느 쪽으로 할지 골라 주세요.');
    const rows = held.step.changes.flatMap((change) => comparison(this.#space.content, change, this.#space.settings.zone)).slice(0, 20);
    const table = el(
      'table',
      { class: 'table' },
      el('thead', null, el('tr', null, el('th', { scope: 'col' }, t('항목')), el('th', { scope: 'col' }, t('내가 적은 것')), el('th', { scope: 'col' }, t('지금 계획')))),
      el('tbody', null, ...rows.map(({ label, mine, theirs }) => el('tr', null, el('th', { scope: 'row' }, label), el('td', null, mine), el('td', null, theirs)))),
    );
    const decide = (/** @type {'mine' | 'theirs'} */ choice) => this.#decide(held, choice);
    return el(
      'div',
      { class: 'callout held-one', 'data-kind': refused ? 'bad' : 'warn' },
      el('h2', null, held.step.name),
      el('p', null, words),
      rows.length > 0 && el('div', { class: 'table-frame', tabindex: 0, role: 'region', 'aria-label': held.step.name }, table),
      el(
        'div',
        { class: 'cluster' },
        el('button', { type: 'button', class: 'button', 'data-kind': 'primary', onclick: () => decide('mine') }, refused ? t('다시 저장') : t('내 것으로 하기')),
        el('button', { type: 'button', class: 'button', onclick: () => decide('theirs') }, refused ? t('버리기') : t('지금 계획대로 두기')),
      ),
    );
  }

  /**
   * @param {Held} held
   * @param {'mine' | 'theirs'} choice
   */
  #decide(held, choice) {
    this.#space.draft.decide(held, choice);
    this.#space.closeNotice();
    announce(choice === 'mine' ? t('내가 적은 것으로 저장합니다.') : t('지금 계획대로 두었습니다.'));
    this.#save();
    this.#space.draw();
    if (this.element.hidden && document.activeElement === document.body) document.getElementById('main')?.focus();
  }
}

/**
 * What a change wanted beside what stands, field by field.
 * @param {Content} content
 * @param {Change} change
 * @param {string} zone
 * @returns {{label: string, mine: string, theirs: string}[]}
 */
export function comparison(content, change, zone) {
  const { kind, id, from, to, place } = change;
  const part = partOf(content, kind, id);
  const gone = t('삭제됨');
  if (to === null) return part ? [{ label: text(part.title), mine: gone, theirs: t('남아 있음') }] : [];
  if (!part) return [{ label: text(change.whole.title), mine: text(change.whole.title), theirs: gone }];
  if (kind === 'departments') return [{ label: t('부서'), mine: titles(to.list), theirs: titles(content.departments) }];
  const paths = Object.keys(from === null ? {} : to).filter((path) => path !== 'fixed');
  const fields = paths.map((path) => ({ label: labelOf(content, kind, path), mine: shown(content, path, to[path], zone), theirs: shown(content, path, valueAt(part, path), zone) }));
  const moved = place?.to?.lane ? [{ label: t('자리'), mine: spot(content, place.to.lane, place.to.before), theirs: spotOf(content, id) }] : [];
  return [...fields, ...moved];
}

/** @param {import('#hub/agenda/editor/model.js').Department[]} list */
function titles(list) {
  return list.map(({ title }) => text(title)).join(', ');
}

/**
 * @param {Content} content
 * @param {string} lane
 * @param {string | null} before
 */
function spot(content, lane, before) {
  const title = text(findLane(content, lane)?.title);
  const next = before === null ? null : findCue(content, before)?.cue;
  return next ? t('{lane}, {title} 앞', { lane: title, title: text(next.title) }) : t('{lane}, 끝', { lane: title });
}

/**
 * @param {Content} content
 * @param {string} id
 */
function spotOf(content, id) {
  const found = findCue(content, id);
  return found ? spot(content, found.lane.id, found.lane.cues[found.index + 1]?.id ?? null) : '';
}

/**
 * @param {Content} content
 * @param {Change['kind']} kind
 * @param {string} path
 * @returns {string}
 */
function labelOf(content, kind, path) {
  if (kind === 'cue' && path.startsWith('title.')) return path === 'title.ko' ? t('내용 (한국어)') : t('내용 (영어)');
  const department = path.startsWith('notes.') ? content.departments.find(({ id }) => path === `notes.${id}`) : null;
  if (department) return text(department.title);
  return {
    'title.ko': t('이름 (한국어)'), 'title.en': t('이름 (영어)'), 'number': t('순서'), 'planned_start': t('시작'), 'planned_s': t('소요'), 'segment': t('구간'), 'colour': t('색'),
    'warn_s': t('경고'), 'danger_s': t('위험'), 'skipped': t('건너뛰기'), 'sync': t('동시 시작'), 'shortest_s': t('최소 시간'), 'droppable': t('생략 가능'), 'speakers': t('발표자'), 'kind': t('종류'), 'note': t('안내 글'), 'room': t('방'), 'public': t('참석자에게 보이기'),
  }[path] ?? path;
}

/**
 * @param {Content} content
 * @param {string} path
 * @param {any} value
 * @param {string} zone
 * @returns {string}
 */
function shown(content, path, value, zone) {
  if (value === null || value === undefined || value === '') return '–';
  if (path === 'planned_start') return writeClock(localOf(Date.parse(value), zone).seconds);
  if (path.endsWith('_s')) return writeDuration(value);
  if (path === 'segment') return text(findSegment(content, value)?.title);
  if (path === 'speakers') return writeSpeakers(value);
  if (typeof value === 'boolean') return value ? t('예') : t('아니요');
  return typeof value === 'object' ? text(value) : String(value);
}
