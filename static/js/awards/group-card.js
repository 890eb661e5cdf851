/** The group that is called in a lane of the console: who is named, the roll, and the buttons by which it goes on. */
import { allows, comingWords, groupWords, rollOf, stepOfGroup, verbWords } from '#hub/awards/group.js';
import { naming } from '#hub/awards/revealed.js';
import { nameWords, recipientWords } from '#hub/awards/words.js';
import { notNowWords } from '#hub/web/command-words.js';
import { whenOther } from '#hub/web/derived.js';
import { el, renderList, setName, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').GroupDoc} GroupDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/awards/group.js').GroupVerb} GroupVerb */
/** @typedef {import('#hub/awards/group.js').RollState} RollState */

/** The large ones stand where those of a single award stand. */
const LARGE = /** @type {const} */ (['pause', 'next', 'back']);
const SMALL = /** @type {const} */ (['skip', 'end']);

export class GroupCard {
  #store;
  #lane;
  #act;
  #head = el('p', { class: 'card-level' });
  #state = el('p', { class: 'group-state figure', role: 'timer', 'aria-live': 'off' });
  #name = el('p', { class: 'card-name' });
  #from = el('p', { class: 'card-from' });
  #next = el('p', { class: 'card-note' });
  #list = el('ol', { class: 'group-list' });
  /** @type {Map<string, HTMLElement>} */
  #buttons = new Map();

  /** @param {{store: Store, lane: string, act: (verb: GroupVerb) => void}} parts `act` carries out a command of the group */
  constructor({ store, lane, act }) {
    this.#store = store;
    this.#lane = lane;
    this.#act = act;
    this.element = el(
      'div',
      { class: 'card group-card' },
      el('div', { class: 'card-steps' }, ...LARGE.map((verb) => this.#button(verb, 'button'))),
      el('div', { class: 'card-head' }, this.#head, this.#state),
      this.#name,
      el('div', { class: 'card-words' }, this.#from, this.#next),
      el('div', { class: 'card-more' }, ...SMALL.map((verb) => this.#button(verb, 'button small'))),
    );
    this.roll = el('div', { class: 'group-frame', tabindex: 0, role: 'group', 'aria-label': t('단체 발표 명단'), hidden: true }, this.#list);
  }

  /** The group of the lane, while there is one. */
  get group() {
    return this.#store.get(`group/${this.#lane}`) ?? null;
  }

  /**
   * @param {number} now server time (ms)
   * @returns {boolean} whether a group is called in the lane
   */
  draw(now) {
    const { group } = this;
    this.roll.hidden = group === null;
    if (group) this.#drawGroup(group, now);
    return group !== null;
  }

  /**
   * @param {GroupDoc} group
   * @param {number} now
   */
  #drawGroup(group, now) {
    const award = group.current ? this.#store.get(`award/${group.current}`) : null;
    this.element.dataset.paused = String(group.paused);
    setText(this.#head, t('단체 발표 · {level} · {n} / {size}', { level: text(group.heading), n: group.revealed.length, size: group.size }));
    setText(this.#state, groupWords(group, now));
    setName(this.#name, award ? nameWords(award) : text(group.heading));
    setName(this.#from, (award && naming(award).from) ?? '');
    setText(this.#next, comingWords(this.#store, group));
    this.#drawButtons(group);
    this.#drawRoll(group, this.#store.all('award/'));
  }

  #drawRoll = whenOther((/** @type {GroupDoc} */ group, /** @type {readonly import('#hub/live/documents.js').AwardDoc[]} */ _awards) => {
    renderList(this.#list, rollOf(this.#store, group), (line) => line.award.id, () => el('li'), (item, line) => drawLine(/** @type {HTMLElement} */ (item), line));
  });

  /** @param {GroupDoc} group */
  #drawButtons(group) {
    const step = stepOfGroup(group);
    for (const [name, button] of this.#buttons) {
      const verb = this.#verb(/** @type {GroupVerb} */ (name), group);
      setText(button.children[0], verbWords(verb));
      button.setAttribute('aria-disabled', String(!allows(verb, group)));
      button.dataset.kind = verb === step ? 'primary' : '';
      const cap = /** @type {HTMLElement} */ (button.children[1]);
      setText(cap, verb === step ? 'Space' : verb === 'back' && group.next_at ? '⌫' : '');
      cap.hidden = cap.textContent === '';
    }
  }

  /**
   * The first button pauses a group, and lets a paused one go on.
   * @param {GroupVerb} verb
   * @param {GroupDoc} group
   * @returns {GroupVerb}
   */
  #verb(verb, group) {
    return verb === 'pause' && group.paused ? 'resume' : verb;
  }

  /**
   * Carry out a command; why it is not possible comes back in words, else an empty string.
   * @param {GroupVerb} verb
   */
  press(verb) {
    const { group } = this;
    if (!group) return t('이 구역에서 하는 단체 발표가 없습니다.');
    if (!allows(verb, group)) return notNowWords('unknown');
    this.#act(verb);
    return '';
  }

  /**
   * @param {GroupVerb} verb
   * @param {string} look the classes of the button
   */
  #button(verb, look) {
    const button = el('button', { type: 'button', class: look, dataset: { verb: `group-${verb}` } }, el('span'), el('kbd', { 'aria-hidden': 'true' }));
    button.addEventListener('click', (event) => {
      if (event.detail > 0) button.blur();
      const { group } = this;
      if (group) this.press(this.#verb(verb, group));
    });
    this.#buttons.set(verb, button);
    return button;
  }
}

/**
 * @param {HTMLElement} item
 * @param {{award: import('#hub/live/documents.js').AwardDoc, state: RollState}} line
 */
function drawLine(item, { award, state }) {
  if (item.childElementCount === 0) item.append(el('span'), el('span', { class: 'group-mark' }));
  item.dataset.state = state;
  setText(item.children[0], recipientWords(award));
  setText(item.children[1], stateWords(state));
}

/** @param {RollState} state */
function stateWords(state) {
  switch (state) {
    case 'now':
      return t('지금');
    case 'out':
      return t('발표함');
    case 'next':
      return t('다음');
    case 'coming':
      return '';
  }
}
