/** The big verdict: a colour, a sign, a word, the person, and what staff may do about it. */
import { details, saying, verdictOf } from '#hub/checkin/verdict-words.js';
import { el, need, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/checkin/queue/scan.js').Scan} Scan */
/** @typedef {import('#hub/checkin/verdict-words.js').Saying} Saying */
/** @typedef {import('#hub/checkin/verdict-words.js').Verdict} Verdict */

export class VerdictPanel {
  #panel = need('#verdict');
  #title = need('#verdict-title');
  #name = need('#verdict-name');
  #why = need('#verdict-why');
  #lines = need('#verdict-lines');
  #actions = need('#verdict-actions');
  #zone;
  #can;

  /**
   * @param {string} zone IANA name of the event's zone
   * @param {{force: (scan: Scan) => void}} can what the panel's buttons do
   */
  constructor(zone, can) {
    this.#zone = zone;
    this.#can = can;
  }

  /**
   * Show how a scan stands.
   * @param {Scan} scan
   * @returns {Saying['tone']}
   */
  show(scan) {
    const said = this.#saying(scan);
    const verdict = verdictOf(scan);
    this.#draw(said, verdict?.verdict ?? scan.phase, verdict?.person ?? null);
    this.#actions.replaceChildren(...this.#buttons(scan));
    return said.tone;
  }

  /**
   * Show something that is not the answer to a scan.
   * @param {Saying} said
   * @param {string} verdict
   */
  say(said, verdict) {
    this.#draw(said, verdict, null);
    this.#actions.replaceChildren();
  }

  /**
   * @param {Saying} said
   * @param {string} verdict
   * @param {import('#hub/checkin/verdict-words.js').Person | null} person
   */
  #draw(said, verdict, person) {
    this.#panel.dataset.tone = said.tone;
    this.#panel.dataset.verdict = verdict;
    setText(this.#title, said.title);
    setText(this.#name, person ? text(person.name) : '');
    setText(this.#why, said.why);
    const lines = person ? details(person) : [];
    this.#lines.replaceChildren(...lines.map(([what, words]) => el('div', null, el('dt', null, what), el('dd', null, words))));
  }

  /**
   * @param {Scan} scan
   * @returns {Saying}
   */
  #saying(scan) {
    switch (scan.phase) {
      case 'sending':
        return { tone: 'wait', title: t('확인하는 중'), why: '' };
      case 'retrying':
      case 'local':
        return { tone: 'wait', title: t('확인되지 않음'), why: t('서버에 닿지 않아 다시 보내고 있습니다. 답이 올 때까지 입장으로 보지 마세요.') };
      case 'quarantined':
        return { tone: 'wait', title: t('검토 대기'), why: t('이 기기는 종료되었습니다. 운영진이 확인한 뒤 처리합니다.') };
      case 'refused':
        return { tone: 'bad', title: t('처리 실패'), why: scan.answer?.message ?? '' };
      case 'confirmed':
        return saying(/** @type {Verdict} */ (verdictOf(scan)), this.#zone, String(scan.body.at));
    }
  }

  /** @param {Scan} scan */
  #buttons(scan) {
    const button = (/** @type {string} */ words, /** @type {() => void} */ work) =>
      el('button', { type: 'button', class: 'button', onclick: work }, words);
    return verdictOf(scan)?.may_force ? [button(t('그래도 입장'), () => this.#can.force(scan))] : [];
  }
}
