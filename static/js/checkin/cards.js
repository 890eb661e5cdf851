/**
 * The answers to scans as cards: the newest large, the others as strips under it. Each answer sounds. Refusals stay until somebody says "seen",
 * by the button or Escape; Enter is what scanners type.
 */
import { announce } from '#hub/web/announce.js';
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { localNow } from '#hub/web/time.js';
import { faceOf, isLate, leaves, onlyConfirms } from '#hub/checkin/card-face.js';
import { Deck } from '#hub/checkin/deck.js';
import { signal, signalLate } from '#hub/checkin/signals.js';
import { verdictOf, wordsAt } from '#hub/checkin/verdict-words.js';
import { vocabularyOf } from '#hub/checkin/words/vocabulary.js';

/** @typedef {import('#hub/checkin/card-face.js').Act} Act */
/** @typedef {import('#hub/checkin/card-face.js').Face} Face */
/** @typedef {import('#hub/checkin/card-face.js').Scan} Scan */
/** @typedef {import('#hub/checkin/deck.js').Card<Face>} Card */
/** @typedef {Exclude<Act, 'seen'>} Deed */

/** Buttons of a card that has just come to the front are dead for so long: the press was meant for the one before. */
const SETTLE_MS = 400;
/** From so many letters on a name is set smaller, so that what is to be read beside it stays in view. */
const LONG_NAME = 14;
/** Beside the refusals, only so many of what goes by itself. */
const MOST_PASSING = 3;

export class Cards {
  #deck = /** @type {Deck<Face>} */ (new Deck());
  /** @type {Map<string, Scan>} */
  #scans = new Map();
  #zone;
  #can;
  #powers;
  #idle = '';
  #frontId = '';
  #settledAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #passing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;

  /**
   * @param {string} zone IANA name of the event's zone
   * @param {Record<Exclude<Deed, 'find' | 'settle' | 'party'>, (scan: Scan) => void> & Record<'find' | 'party', ((scan: Scan) => void) | null> & {settle: ((conflict: string, card: string) => void) | null}} can
   *   what the buttons of a card do; `find`, `party` and `settle` are null where this device may not search, and not settle conflicts
   * @param {{paired?: boolean}} [device] `paired`: it was paired by a code instead of signed in
   */
  constructor(zone, can, { paired = false } = {}) {
    this.#zone = zone;
    this.#can = can;
    this.#powers = { search: can.find !== null, paired };
    this.#idle = need('#verdict-why').textContent ?? '';
    need('#verdict').addEventListener('scroll', () => markMore(need('#verdict')), { passive: true });
    addEventListener('resize', () => fit(need('#verdict')));
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.repeat && !document.querySelector('dialog[open]')) this.seeFront();
    });
  }

  /**
   * Show how a scan stands. One of an earlier page gets no card before its answer; an answer that only confirms what this device did changes the card in place, if it still stands.
   * @param {Scan} scan
   */
  show(scan) {
    const late = isLate(scan, Date.now());
    const face = faceOf(scan, this.#zone, { ...this.#powers, late });
    const known = this.#deck.has(scan.id);
    if (!known && (onlyConfirms(scan) || (face.open && scan.recovered))) return;
    this.#scans.set(scan.id, scan);
    if (face.tone === 'good') this.#forgetWaiting(verdictOf(scan)?.person?.guest);
    this.#put(scan.id, onlyConfirms(scan) ? { ...face, sound: null } : face, { late });
  }

  /**
   * Show something that is not the answer to a scan; it goes by itself.
   * @param {string} id
   * @param {Pick<Face, 'tone' | 'title' | 'why'> & Partial<Face>} said
   */
  say(id, said) {
    this.#put(id, { sound: null, verdict: id, name: '', masked: '', lines: [], acts: [], kept: false, open: false, about: id, conflict: null, lastsMs: 5_000, ...said });
  }

  /**
   * Take a card away that somebody saw or acted on.
   * @param {string} id
   */
  see(id) {
    this.#deck.seen(id);
    this.#draw();
  }

  /** Say "seen" to the card in front, or, when it goes by itself, to the first that waits beside it. */
  seeFront() {
    if (localNow() < this.#settledAt) return;
    const { front, behind } = this.#deck;
    const card = front?.kept ? front : behind.find(({ kept }) => kept);
    if (card) this.see(card.id);
  }

  /**
   * @param {string} id
   * @param {Face} face
   * @param {{late: boolean}} [of] an answer to a scan of some time ago: whoever it is about may have passed
   */
  #put(id, face, { late } = { late: false }) {
    const goesAt = face.lastsMs === null ? null : localNow() + face.lastsMs;
    this.#deck.put({ id, about: face.about, face, kept: face.kept, open: face.open, goesAt });
    this.#draw();
    if (face.sound) (late ? signalLate : signal)(face.sound);
    if (face.sound && this.#deck.front?.id !== id) announce([face.title, face.masked].join(' '));
  }

  /**
   * A person who was asked to wait has come in by another scan.
   * @param {string | undefined} guest
   */
  #forgetWaiting(guest) {
    for (const [id, scan] of this.#scans) {
      const verdict = verdictOf(scan);
      if (guest && verdict?.held && verdict.person?.guest === guest) this.#deck.seen(id);
    }
  }

  #draw() {
    this.#deck.pass(localNow());
    for (const id of this.#scans.keys()) if (!this.#deck.has(id)) this.#scans.delete(id);
    this.#drawFront(this.#deck.front);
    this.#drawBehind();
    clearTimeout(this.#passing);
    const next = this.#deck.nextAt;
    if (next !== null) this.#passing = setTimeout(() => this.#draw(), Math.max(0, next - localNow()) + 1);
  }

  /** @param {Card | null} card */
  #drawFront(card) {
    const face = card?.face;
    const panel = need('#verdict');
    panel.dataset.tone = face?.tone ?? 'idle';
    panel.dataset.verdict = face?.verdict ?? 'none';
    panel.toggleAttribute('data-long', (face?.name.length ?? 0) > LONG_NAME);
    setText(need('#verdict-title'), face?.title ?? t('명찰을 스캔해 주세요'));
    setText(need('#verdict-name'), face?.name ?? '');
    setText(need('#verdict-why'), face?.why ?? this.#idle);
    need('#verdict-lines').replaceChildren(...(face?.lines ?? []).map(([what, words]) => el('div', null, el('dt', null, what), el('dd', null, words))));
    this.#drawActs(card);
  }

  /** @param {Card | null} card */
  #drawActs(card) {
    const id = card ? `${card.id} ${card.face.verdict}` : '';
    if (id === this.#frontId) return;
    this.#frontId = id;
    fit(need('#verdict'));
    const area = need('#verdict-actions');
    area.replaceChildren(...(card?.face.acts ?? []).filter((act) => act === 'seen' || this.#can[act]).map((act) => this.#button(act, card?.id ?? '', card?.face.conflict ?? '')));
    this.#settledAt = localNow() + SETTLE_MS;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      for (const button of area.querySelectorAll('button')) button.disabled = false;
    }, SETTLE_MS);
  }

  /**
   * @param {Act} act
   * @param {string} id
   * @param {string} conflict that the card is about
   */
  #button(act, id, conflict) {
    const scan = this.#scans.get(id);
    const work = () => {
      if (act === 'settle') this.#can.settle?.(conflict, id);
      else if (act === 'seen' || !scan) this.see(id);
      else this.#can[act]?.(scan);
    };
    const primary = act === 'admit' || act === 'looked' || act === 'signIn';
    return el('button', { type: 'button', class: 'button', 'data-act': act, 'data-kind': primary ? 'primary' : null, disabled: true, onclick: work }, actWords(act, { out: scan !== undefined && leaves(scan), paired: this.#powers.paired, words: scan ? wordsAt(scan) : vocabularyOf(false) }), act === 'seen' && el('kbd', { 'aria-hidden': 'true' }, 'Esc'));
  }

  #drawBehind() {
    const { behind, unseen } = this.#deck;
    const passing = behind.filter(({ kept }) => !kept).slice(0, MOST_PASSING);
    const shown = behind.filter((card) => card.kept || passing.includes(card));
    setText(need('#unseen'), unseen > 1 ? t('확인할 것 {n}', { n: unseen }) : '');
    renderList(need('#behind'), shown, ({ id, face }) => `${id} ${face.verdict}`, (card) => this.#strip(card));
  }

  /** @param {Card} card */
  #strip({ id, face, kept }) {
    const choose = () => {
      this.#deck.choose(id);
      this.#draw();
    };
    return el(
      'li',
      { class: 'strip', dataset: { tone: face.tone } },
      el('button', { type: 'button', class: 'strip-card', onclick: choose }, el('strong', null, face.title), el('span', null, face.masked)),
      kept && el('button', { type: 'button', class: 'strip-seen', 'aria-label': t('{what} 확인함', { what: [face.title, face.masked].filter(Boolean).join(' ') }), onclick: () => this.see(id) }),
    );
  }
}

/**
 * Set what does not fit into a card closer, before it is seen.
 * @param {HTMLElement} panel
 */
function fit(panel) {
  panel.scrollTop = 0;
  panel.removeAttribute('data-more');
  panel.removeAttribute('data-dense');
  panel.toggleAttribute('data-dense', panel.scrollHeight > panel.clientHeight + 1);
  markMore(panel);
}

/**
 * Say whether a card goes on below.
 * @param {HTMLElement} panel
 */
function markMore(panel) {
  panel.toggleAttribute('data-more', panel.scrollTop + panel.clientHeight < panel.scrollHeight - 1);
}

/**
 * @param {Act} act
 * @param {{out: boolean, paired: boolean, words: import('#hub/checkin/words/vocabulary.js').Vocabulary}} of `out`: the person wanted to go out; `paired`: this device was paired; `words` of the place
 */
function actWords(act, { out, paired, words }) {
  switch (act) {
    case 'seen':
      return t('확인함');
    case 'admit':
      return words.pass(out);
    case 'force':
      return words.anyway(out);
    case 'looked':
      return words.looked();
    case 'switch':
      return words.switched();
    case 'find':
      return t('이름 찾기');
    case 'settle':
      return t('처리하기');
    case 'party':
      return words.party();
    case 'signIn':
      return paired ? t('기기 다시 연결') : t('로그인');
  }
}
