/** The list of the screens that are up, on the console: what each shows, and a button by which all of them say who they are. */
import { isNewest, upWords } from '#hub/live/screens-up.js';
import { el, renderList, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';

/** @typedef {import('#hub/live/documents.js').ScreenDoc} ScreenDoc */
/** @typedef {import('#hub/live/documents.js').ScreensDoc} ScreensDoc */

export class ScreensBox {
  #conf;
  #laneWords;
  #opener;
  /** @type {ScreensDoc} */
  #doc = { screens: [], head: 0, reveals: {}, browsers: 0 };
  #summary = el('p', { class: 'quiet' });
  #list = el('ul', { class: 'screens-list' });
  #said = el('p', { class: 'quiet', role: 'status' });
  #dialog;

  /**
   * @param {{conf: string, opener: HTMLElement, laneWords: (lane: string) => string}} parts `opener`: the button that opens the list and says
   *   how many are up, `laneWords`: the name of a lane by its id
   */
  constructor({ conf, opener, laneWords }) {
    this.#conf = conf;
    this.#laneWords = laneWords;
    this.#opener = opener;
    const identify = el('button', { type: 'button', class: 'button', 'data-kind': 'primary' }, t('화면에 이름 띄우기'));
    identify.addEventListener('click', () => void this.#identify(identify));
    this.#dialog = el(
      'dialog',
      { class: 'ask screens-dialog', 'aria-labelledby': 'screens-title' },
      el('h2', { id: 'screens-title' }, t('켜진 화면')),
      this.#summary,
      this.#list,
      this.#said,
      el('form', { method: 'dialog', class: 'actions' }, identify, el('button', { class: 'button', 'data-kind': 'quiet' }, t('닫기'))),
    );
    document.body.append(this.#dialog);
    opener.addEventListener('click', () => this.#open());
  }

  /** @param {ScreensDoc} doc what the server told last */
  draw(doc) {
    this.#doc = doc;
    setText(this.#opener, upWords(doc));
    this.#opener.dataset.state = doc.screens.every(isNewest) ? 'shown' : 'behind';
    if (this.#dialog.open) this.#drawList();
  }

  #open() {
    setText(this.#said, '');
    this.#drawList();
    this.#dialog.showModal();
  }

  #drawList() {
    setText(this.#summary, this.#doc.screens.length > 0 ? upWords(this.#doc) : t('화면 링크로 켜진 화면이 없습니다.'));
    renderList(this.#list, this.#doc.screens, ({ id }) => id, screenLine, (line, screen) => this.#drawLine(line, screen));
  }

  /**
   * @param {Element} line
   * @param {ScreenDoc} screen
   */
  #drawLine(line, screen) {
    const [name, what, badge] = line.children;
    setText(name, screen.name);
    setText(what, [kindWords(screen.kind), screen.lane && this.#laneWords(screen.lane)].filter(Boolean).join(' · '));
    setText(badge, isNewest(screen) ? t('최신 화면') : t('뒤처짐'));
    badge.setAttribute('data-kind', isNewest(screen) ? 'good' : 'warn');
  }

  /** @param {HTMLElement} button */
  async #identify(button) {
    const answer = await press(button, `/api/v1/c/${encodeURIComponent(this.#conf)}/screens/identify`);
    if (answer?.ok) setText(this.#said, t('화면 {n}대에 10초 동안 이름을 띄웁니다.', { n: answer.data.screens }));
  }
}

function screenLine() {
  return el('li', null, el('span', { class: 'screens-name' }), el('span', { class: 'quiet' }), el('span', { class: 'badge' }));
}

/** @param {string} kind */
function kindWords(kind) {
  switch (kind) {
    case 'stage':
      return t('무대 화면');
    case 'timer':
      return t('연단 타이머');
    case 'lower-third':
      return t('방송 자막');
    case 'emcee':
      return t('사회자');
    case 'backstage':
      return t('무대 뒤');
    default:
      return t('큐시트');
  }
}
