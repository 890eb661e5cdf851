/** The notice to a recipient elsewhere that they are called soon: for nobody else, and without a word about which award. */
import { announce } from '#hub/web/announce.js';
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').SoonDoc} SoonDoc */

const ASK_MS = 10_000;

/**
 * What the notice says: nothing while the recipient is not called soon.
 * @param {SoonDoc} doc
 * @returns {{title: string, words: string} | null}
 */
export function soonWords({ called, ready }) {
  if (!called) return null;
  return ready
    ? { title: t('준비되었다고 알렸습니다'), words: t('부를 때까지 접속을 그대로 두고 기다려 주세요.') }
    : { title: t('곧 차례입니다'), words: t('카메라와 마이크를 점검하고 준비되었다고 알려 주세요.') };
}

export class SoonNotice {
  #place;
  #conf;
  #shown = '';
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #asking;

  /** @param {{place: HTMLElement, conf: string}} parts `place` is there for the notice only */
  constructor({ place, conf }) {
    this.#place = place;
    this.#conf = conf;
  }

  /** @param {SoonDoc} doc */
  draw(doc) {
    const said = soonWords(doc);
    const shown = JSON.stringify(said);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#place.hidden = said === null;
    this.#place.dataset.kind = doc.ready ? 'good' : 'info';
    this.#place.replaceChildren(...(said ? this.#parts(said, doc.ready) : []));
    if (said) announce(`${said.title}. ${said.words}`);
  }

  /** @param {boolean} on whether no socket works, and the server is asked instead */
  ask(on) {
    clearInterval(this.#asking);
    this.#asking = on ? setInterval(() => void this.#ask(), ASK_MS) : undefined;
  }

  async #ask() {
    const answer = await fetch(`/api/v1/c/${encodeURIComponent(this.#conf)}/me/soon`).catch(() => null);
    if (answer?.ok) this.draw(await answer.json());
  }

  /**
   * @param {{title: string, words: string}} said
   * @param {boolean} ready
   */
  #parts({ title, words }, ready) {
    const href = `/c/${encodeURIComponent(this.#conf)}/me/devices`;
    const link = el('p', { class: 'actions' }, el('a', { class: 'button', 'data-kind': 'primary', href }, t('점검하고 알리기')));
    return [el('p', null, el('strong', null, title)), el('p', null, words), ...(ready ? [] : [link])];
  }
}
