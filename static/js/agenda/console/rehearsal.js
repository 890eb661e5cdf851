/** Rehearsals on the console: how one begins, the bar that says that one goes on and how, and how it is cleared. */
import { rehearsalWords } from '#hub/live/rehearsal.js';
import { ask } from '#hub/web/ask.js';
import { el, need, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';
import { goBy } from '#hub/web/time.js';

/** @typedef {import('#hub/live/documents.js').RehearsalDoc} RehearsalDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/agenda/console/dialogs.js').Dialogs} Dialogs */

export const SPEEDS = [1, 2, 5, 10, 20, 30, 60];

/** The rehearsal that the address of this page names, null for the console of the live run. */
export function drivenRun() {
  return new URL(location.href).searchParams.get('run');
}

export class RehearsalBar {
  #conf;
  #store;
  #run;
  #dialogs;
  #open;
  #bar;
  #words = el('strong', { class: 'rehearsal-words' });
  #speed = el('select', { id: 'rehearsal-speed', class: 'input' }, ...SPEEDS.map((speed) => el('option', { value: speed }, speedWords(speed))));
  #screens = el('input', { type: 'checkbox', id: 'rehearsal-screens' });
  #link = el('a', { class: 'button small' });
  #clear = el('button', { type: 'button', class: 'button small', 'data-kind': 'danger', 'aria-keyshortcuts': 'Shift+R' }, t('리허설 지우기'), el('kbd', { 'aria-hidden': 'true' }, '⇧R'));
  #pace = el('span', { class: 'rehearsal-pace' }, el('label', { for: 'rehearsal-speed' }, t('속도')), this.#speed);

  /** @param {{conf: string, store: Store, run: string | null, dialogs: Dialogs}} parts `store`: of the operator's stream; `run`: the rehearsal that this page drives */
  constructor({ conf, store, run, dialogs }) {
    this.#conf = conf;
    this.#store = store;
    this.#run = run;
    this.#dialogs = dialogs;
    this.#bar = need('#rehearsal-bar');
    this.#open = need('#rehearsal-open');
    const follow = el('label', { class: 'choice' }, this.#screens, el('span', null, t('화면이 리허설을 따라감')));
    this.#bar.append(this.#words, this.#pace, follow, this.#link, this.#clear);
    this.#open.addEventListener('click', () => void this.key());
    this.#clear.addEventListener('click', () => void this.clear());
    this.#speed.addEventListener('change', () => void this.#send(this.#speed, 'speed', { speed: Number(this.#speed.value) }));
    this.#screens.addEventListener('change', () => void this.#send(this.#screens, 'screens', { screens: this.#screens.checked }));
    store.subscribe(() => this.#draw());
  }

  /** The rehearsal that there is. */
  get #rehearsal() {
    return this.#store.all('rehearsal/').at(-1) ?? null;
  }

  /** What the key and the button do: begin a rehearsal, go to the one that there is, or clear the one that is driven here. */
  async key() {
    const rehearsal = this.#rehearsal;
    if (this.#run) return this.clear();
    if (rehearsal) return location.assign(addressOf(rehearsal.id));
    const begun = await (await this.#dialogs())?.beginRehearsal({ conf: this.#conf, store: this.#store, speeds: SPEEDS.map((speed) => [speed, speedWords(speed)]) });
    if (begun) location.assign(addressOf(begun));
  }

  /** Ask once, then remove the rehearsal with everything that happened in it. */
  async clear() {
    const rehearsal = this.#rehearsal;
    if (!rehearsal) return;
    const title = t('리허설을 지울까요?');
    const body = t('리허설에서 한 일이 모두 지워지고, 화면은 실제 진행으로 돌아갑니다.');
    if (await ask({ title, body, action: t('리허설 지우기') })) await press(this.#clear, this.#path(rehearsal.id, 'clear'));
  }

  #draw() {
    const rehearsal = this.#rehearsal;
    const driven = this.#run !== null;
    if (driven && rehearsal?.id !== this.#run) return location.replace(addressOf(null));
    this.#open.hidden = rehearsal !== null;
    this.#bar.hidden = rehearsal === null;
    if (!rehearsal) return;
    document.body.toggleAttribute('data-rehearsal', driven);
    if (driven) goBy(rehearsal.clock);
    this.#bar.dataset.driven = String(driven);
    setText(this.#words, driven ? `${rehearsalWords(rehearsal)} · ${rehearsal.by}` : t('{by} 님이 리허설 중입니다', { by: rehearsal.by }));
    this.#pace.hidden = !driven;
    this.#clear.hidden = !driven;
    if (document.activeElement !== this.#speed) this.#drawSpeed(rehearsal.clock?.speed ?? 1);
    this.#screens.checked = rehearsal.on_screens;
    setText(this.#link, driven ? t('실제 진행 콘솔로') : t('리허설 콘솔로'));
    this.#link.href = addressOf(driven ? null : rehearsal.id);
  }

  /** @param {number} speed one that a script set may not be among the choices */
  #drawSpeed(speed) {
    if (![...this.#speed.options].some(({ value }) => value === String(speed))) this.#speed.append(el('option', { value: speed }, speedWords(speed)));
    this.#speed.value = String(speed);
  }

  /**
   * @param {HTMLElement} control
   * @param {string} command
   * @param {Record<string, unknown>} body
   */
  async #send(control, command, body) {
    const rehearsal = this.#rehearsal;
    if (!rehearsal) return;
    control.blur(); // so that the next key is the console's
    const answer = await press(control, this.#path(rehearsal.id, command), body);
    if (answer?.ok) this.#store.apply([answer.data.fact]);
    this.#draw();
  }

  /**
   * @param {string} run
   * @param {string} command
   */
  #path(run, command) {
    return `/api/v1/c/${encodeURIComponent(this.#conf)}/runs/${encodeURIComponent(run)}/${command}`;
  }
}

/** @param {number} speed */
function speedWords(speed) {
  return speed === 1 ? t('실제 속도') : t('{n}배속', { n: speed });
}

/** @param {string | null} run null: the console of the live run */
function addressOf(run) {
  const url = new URL(location.href);
  if (run) url.searchParams.set('run', run);
  else url.searchParams.delete('run');
  return url.pathname + url.search;
}
