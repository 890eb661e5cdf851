/** The award that is up in one lane of the console: who it is, whether they are there, and the three steps in a row that never moves. */
import { inCallingOrder, readingQueue } from '#hub/awards/calling.js';
import { outWith, waitingWords } from '#hub/awards/joint.js';
import { paceWords } from '#hub/awards/pace.js';
import { badges, isMissing } from '#hub/awards/readiness.js';
import { backAgain, isToCome, seatWords, suggestionWords } from '#hub/awards/presence.js';
import { stepOfGroup } from '#hub/awards/group.js';
import { GroupCard } from '#hub/awards/group-card.js';
import { RoundList } from '#hub/awards/round-list.js';
import { besideSteps, MAIN, mainWords, nextStep, stepOf } from '#hub/awards/steps.js';
import { levelWords, nameWords, presentingWords, receivingWords, recipientWords } from '#hub/awards/words.js';
import { notNowWords } from '#hub/web/command-words.js';
import { el, renderList, setName, setText } from '#hub/web/dom.js';
import { outsideWords } from '#hub/awards/outside.js';
import { seenOf } from '#hub/live/screens-up.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/awards/calling.js').Reading} Reading */
/** @typedef {import('#hub/awards/steps.js').Verb} Verb */
/** @typedef {{store: Store, lane: string, zone: string, act: (award: AwardDoc, verb: Verb) => void, lineUp?: () => void, group?: (verb: import('#hub/awards/group.js').GroupVerb) => void, now: () => number, later: (ms: number, fn: () => void) => void,
 *   screens?: () => import('#hub/live/documents.js').ScreensDoc | null}} Parts
 *   `act` carries out a command that the server allows; `now` and `later` are the page's own clock, `screens` is what was told last of screens */

/** So long after "ready" the reveal is dead: a second press of a hurried hand is no reveal. */
const DEAD_MS = 600;
const FOLLOWING = 5;

export class AwardCard {
  #parts;
  #level = el('p', { class: 'card-level' });
  #name = el('p', { class: 'card-name' });
  #from = el('p', { class: 'card-from' });
  #note = el('p', { class: 'card-note' });
  #badges = el('p', { class: 'cluster card-badges' });
  #hint = el('p', { class: 'card-hint' });
  #more = el('div', { class: 'card-more' });
  #pace = el('p', { class: 'card-pace' });
  #back = el('p', { class: 'card-back' });
  #following = el('ol', { class: 'card-following' });
  #nobody = el('p', { class: 'card-nobody quiet' });
  #group;
  #begin;
  #card;
  #steps;
  #list;
  /** @type {AwardDoc | null} */
  #up = null;
  /** @type {{id: string, at: number} | null} the award that was made ready last, and when that was seen */
  #armed = null;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#group = new GroupCard({ store: parts.store, lane: parts.lane, act: (verb) => parts.group?.(verb) });
    this.#list = new RoundList((award, verb) => parts.act(award, verb));
    this.#steps = new Map(MAIN.map((verb) => [verb, this.#mainButton(verb)]));
    this.#card = el(
      'div',
      { class: 'card' },
      el('div', { class: 'card-steps' }, ...[...this.#steps.values()].map(({ element }) => element)),
      el('div', { class: 'card-head' }, this.#level, this.#badges),
      this.#name,
      el('div', { class: 'card-words' }, this.#from, this.#note, this.#hint),
      this.#more,
    );
    this.element = el('div', { class: 'awards', role: 'group', 'aria-label': t('시상') }, this.#card, this.#nobody);
    const lineUp = el('button', { type: 'button', class: 'button small', dataset: { verb: 'line-up' }, onclick: () => parts.lineUp?.() }, el('span', null, t('호명 순서')), el('kbd', { 'aria-hidden': 'true' }, 'O'));
    const group = el('button', { type: 'button', class: 'button small', dataset: { verb: 'group' }, onclick: () => parts.group?.('begin') }, el('span', null, t('단체 발표')), el('kbd', { 'aria-hidden': 'true' }, 'G'));
    this.#begin = group;
    this.queue = el('div', { class: 'awards-queue' }, el('div', { class: 'cluster' }, this.#pace, lineUp, group), this.#group.roll, this.#back, this.#following, this.#list.element);
  }

  /**
   * @param {{arm: string, reveal: string, done: string} | undefined} caps the keys of the three steps in this lane
   * @param {number} now server time (ms)
   */
  draw(caps, now) {
    const { store, lane } = this.#parts;
    const { up, following } = readingQueue(store, lane, FOLLOWING);
    const awards = inCallingOrder(store, lane);
    this.#seen(up?.award ?? null);
    this.element.hidden = awards.length === 0;
    this.queue.hidden = awards.length === 0;
    const grouped = this.#group.draw(now);
    if (!grouped) this.#group.element.remove();
    else if (!this.#group.element.parentElement) this.element.prepend(this.#group.element);
    this.#begin.hidden = grouped || !store.get(`calling/${lane}`)?.cue;
    this.#card.hidden = grouped || up === null;
    setText(this.#back, this.#backWords(awards));
    setText(this.#nobody, grouped || up ? '' : this.#nobodyWords(awards));
    if (up) this.#drawUp(up, now);
    for (const [verb, { cap }] of this.#steps) setText(cap, caps?.[verb] ?? '');
    renderList(this.#following, following, ({ award }) => award.id, () => el('li'), (item, reading) => this.#drawFollowing(item, reading));
    this.#list.draw(awards);
  }

  /**
   * Press a key of the award that is up. Why it is not possible comes back in words, else an empty string.
   * @param {string} key `step` is the next safe one, `outside` makes ready an award whose cue is not on air, `line-up` shows the order,
   *   `group` begins a group; while one is called, `step` lets it pause or go on, and the award has no keys
   */
  press(key) {
    if (key === 'line-up') {
      this.#parts.lineUp?.();
      return '';
    }
    if (this.#group.group) return this.#pressGroup(key);
    if (key === 'group') {
      this.#parts.group?.('begin');
      return '';
    }
    const award = this.#up ?? (key === 'outside' || key === 'step' || key === 'arm' ? this.#firstOfNext() : null);
    if (!award) return t('부를 수상자가 없습니다');
    const verb = key === 'step' ? nextStep(award) : key === 'outside' ? 'arm' : key;
    const outside = verb === 'arm' && key !== 'outside' && award.commands?.arm === null ? outsideWords(this.#parts.store, award) : '';
    if (outside) return t('{why}. 그래도 준비하려면 Shift+A를 누르세요.', { why: outside });
    return verb ? this.#act(/** @type {Verb} */ (verb), award) : t('이 상에서는 할 일이 없습니다');
  }

  /** @param {string} key */
  #pressGroup(key) {
    const { group } = this.#group;
    return group && key === 'step' ? this.#group.press(stepOfGroup(group)) : t('이 구역에서 단체 발표를 하고 있습니다. 먼저 끝내 주세요.');
  }

  /** Take back the name that a running group shows, and pause it; false when no group goes on by itself. */
  takesBack() {
    const { group } = this.#group;
    if (!group || group.current === null || group.next_at === null) return false;
    this.#group.press('back');
    return true;
  }

  /** The first to come of the round that comes next, while none is on air. */
  #firstOfNext() {
    const { store, lane } = this.#parts;
    const next = store.get(`calling/${lane}`)?.next_cue;
    return inCallingOrder(store, lane).find((award) => award.cue === next && isToCome(award)) ?? null;
  }

  /** @param {readonly AwardDoc[]} awards of the lane */
  #backWords(awards) {
    const { store, lane } = this.#parts;
    const cue = store.get(`calling/${lane}`)?.cue;
    const back = backAgain(store, awards.filter((award) => award.cue === cue));
    return back.length > 0 ? t('도착함, 부를 수 있습니다: {names}', { names: back.map(recipientWords).join(' · ') }) : '';
  }

  /** @param {readonly AwardDoc[]} awards of the lane */
  #nobodyWords(awards) {
    const { store, lane } = this.#parts;
    const cue = store.get(`cue/${store.get(`calling/${lane}`)?.next_cue}`);
    if (!cue) return t('부를 수상자가 없습니다');
    const n = awards.filter((award) => award.cue === cue.id && isToCome(award)).length;
    return t('{cue} 순서는 아직 시작하지 않았습니다. 부를 수상자 {n}명', { cue: text(cue.title), n });
  }

  /**
   * @param {Verb} verb
   * @param {AwardDoc} award
   */
  #act(verb, award) {
    if (verb === 'reveal' && this.#isDead(award)) return '';
    const code = award.commands?.[verb];
    if (code !== null) return notNowWords(code ?? 'unknown');
    this.#parts.act(award, verb);
    return '';
  }

  /**
   * Those who can be called, the ones of the round on air first: numbers begin anew in each round.
   * @param {string} words what was typed: a number of the calling order, or initial consonants of a name
   */
  find(words) {
    const { store, lane } = this.#parts;
    const found = inCallingOrder(store, lane).filter((award) => (award.state === 'sealed' || award.state === 'skipped') && this.#list.matches(award, words));
    return found.toSorted((a, b) => Number(Boolean(outsideWords(store, a))) - Number(Boolean(outsideWords(store, b))));
  }

  /** @param {typeof MAIN[number]} verb */
  #mainButton(verb) {
    const cap = el('kbd', { 'aria-hidden': 'true' });
    const element = el('button', { type: 'button', class: 'button', dataset: { verb } }, el('span', null, mainWords(verb)), cap);
    element.addEventListener('click', (event) => {
      if (event.detail > 0) element.blur();
      if (this.#up) this.#act(verb, this.#up);
    });
    return { element, cap };
  }

  /** @param {AwardDoc | null} award */
  #seen(award) {
    this.#up = award;
    if (award?.state !== 'armed') this.#armed = null;
    else if (this.#armed?.id !== award.id) {
      this.#armed = { id: award.id, at: this.#parts.now() };
      this.#parts.later(DEAD_MS, () => this.#drawSteps());
    }
  }

  /** @param {AwardDoc} award */
  #isDead(award) {
    return this.#armed?.id === award.id && this.#parts.now() - this.#armed.at < DEAD_MS;
  }

  /** @param {string | null} verb the command that is under way, or null */
  busy(verb) {
    for (const [one, { element }] of this.#steps) element.setAttribute('aria-busy', String(one === verb));
  }

  #drawSteps() {
    const award = this.#up;
    if (!award) return;
    const next = nextStep(award);
    for (const [verb, { element }] of this.#steps) {
      element.setAttribute('aria-disabled', String(award.commands?.[verb] !== null || (verb === 'reveal' && this.#isDead(award))));
      element.dataset.kind = verb === next ? 'primary' : '';
    }
  }

  /**
   * @param {Reading} reading
   * @param {number} now
   */
  #drawUp({ award, number, total }, now) {
    const { store } = this.#parts;
    this.#card.dataset.state = award.state;
    this.#card.dataset.award = award.id;
    this.#card.dataset.missing = String(isMissing(store, award));
    setText(this.#level, [award.rehearsed && t('리허설'), `${number} / ${total}`, levelWords(award.level)].filter(Boolean).join(' · '));
    setName(this.#name, nameWords(award));
    setName(this.#from, award.kind === 'organisation' ? '' : (award.organisation ?? ''));
    const which = award.unnamed ? [t('{number}번', { number: award.number }), seatWords(store, award)] : [];
    setText(this.#note, [outsideWords(store, award), ...which, receivingWords(award), presentingWords(award)].filter(Boolean).join(' · '));
    setText(this.#pace, paceWords(store, award, now, this.#parts.zone));
    badges(this.#badges, store, award, { zone: this.#parts.zone });
    this.#drawHint(award);
    this.#drawSteps();
    renderList(this.#more, besideSteps(award), (verb) => verb, (verb) => this.#moreButton(verb), (button, verb) => setText(button.children[0], stepOf(verb, award).words));
  }

  /**
   * Before the reveal for whom it waits and what the hub suggests, after it where the name is shown.
   * @param {AwardDoc} award
   */
  #drawHint(award) {
    const { store } = this.#parts;
    const { words, state } = seenOf(this.#parts.screens?.() ?? null, outWith(store, award));
    setText(this.#hint, words || waitingWords(store, award) || suggestionWords(store, award));
    this.#hint.dataset.state = state;
  }

  /** @param {Verb} verb */
  #moreButton(verb) {
    const { words, key, kind } = stepOf(verb);
    const button = el('button', { type: 'button', class: 'button small', dataset: { verb }, 'data-kind': kind }, el('span', null, words), key && el('kbd', { 'aria-hidden': 'true' }, key));
    button.addEventListener('click', (event) => {
      if (event.detail > 0) button.blur();
      if (this.#up) this.#act(verb, this.#up);
    });
    return button;
  }

  /**
   * @param {Element} item
   * @param {Reading} reading
   */
  #drawFollowing(item, { award, number }) {
    if (item.childElementCount === 0) item.append(el('span', { class: 'quiet' }), el('span', { class: 'following-who' }), el('span', { class: 'following-seat quiet' }), el('span', { class: 'cluster' }));
    setText(item.children[0], String(number));
    setText(item.children[1], recipientWords(award));
    setText(item.children[2], seatWords(this.#parts.store, award));
    badges(item.children[3], this.#parts.store, award, { quiet: true });
  }
}
