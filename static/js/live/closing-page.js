/** What the live page says when everything is over: thanks, what was awarded, and what follows. */
import { announce } from '#hub/web/announce.js';
import { el, markLanguage, need, renderList, setText } from '#hub/web/dom.js';
import { lang, t, text } from '#hub/web/i18n.js';
import { comingSessions } from '#hub/live/closing.js';
import { dateTime } from '#hub/web/time.js';

/** @typedef {import('#hub/live/closing.js').Closing} Closing */
/** @typedef {import('#hub/live/documents.js').SessionDoc} SessionDoc */
/** @typedef {import('#hub/live/store.js').Store} Store */

/**
 * Return what is told of each state of the page.
 * @param {HTMLElement} section what the template has
 * @param {{conf: string, zone: string}} page
 * @returns {(closing: Closing | null, store: Store, now: number) => void}
 */
export function closingPage(section, { conf, zone }) {
  let begun = false;
  let said = '';
  return (closing, store, now) => {
    section.hidden = closing === null;
    if (closing) draw(section, closing, store, { conf, zone, now });
    const words = closing ? titleWords(closing) : '';
    if (begun && words && words !== said) announce(words);
    said = words;
    begun = true;
  };
}

/**
 * @param {HTMLElement} section
 * @param {Closing} closing
 * @param {Store} store
 * @param {{conf: string, zone: string, now: number}} page
 */
function draw(section, closing, store, { conf, zone, now }) {
  const over = closing.kind === 'over';
  setText(need('.closing-title', section), titleWords(closing));
  setText(need('.closing-words', section), over ? overWords(store) : nextWords(closing, zone));
  const revealed = store.get('ceremony')?.revealed ?? 0;
  need('.closing-awards', section).hidden = revealed === 0;
  setText(need('.closing-count', section), t('수상 {n}건을 발표했습니다.', { n: revealed }));
  const sessions = over ? comingSessions(store, now) : [];
  need('.closing-follow', section).hidden = sessions.length === 0;
  renderList(need('.closing-sessions', section), sessions, ({ id }) => id, (session) => sessionLine(conf, session), (line, session) => updateLine(line, session, zone));
}

/** @param {Closing} closing */
function titleWords({ kind }) {
  return kind === 'over' ? t('함께해 주셔서 감사합니다') : t('이날 순서를 모두 마쳤습니다');
}

/** @param {Store} store */
function overWords(store) {
  return t('{title} 행사를 마쳤습니다.', { title: text(store.get('conference')?.title) });
}

/**
 * @param {Extract<Closing, {kind: 'day'}>} closing
 * @param {string} zone
 */
function nextWords({ next }, zone) {
  return next ? t('{at}에 이어집니다: {title}', { at: dateTime(next.planned_start, zone), title: text(next.title) }) : t('행사는 다음 날 이어집니다.');
}

/**
 * @param {string} conf
 * @param {SessionDoc} session
 */
function sessionLine(conf, { id }) {
  return el(
    'li',
    { class: 'closing-session' },
    el('time', { class: 'figure quiet' }),
    el('span', { class: 'closing-session-title', id: `closing-${id}` }),
    el('a', { class: 'button small', href: `/c/${conf}/follow-up/${id}.ics?lang=${lang()}`, 'aria-describedby': `closing-${id}` }, t('캘린더에 추가')),
  );
}

/**
 * @param {Element} line
 * @param {SessionDoc} session
 * @param {string} zone
 */
function updateLine(line, session, zone) {
  const time = need('time', line);
  time.setAttribute('datetime', session.starts_at);
  setText(time, dateTime(session.starts_at, zone));
  setText(need('.closing-session-title', line), text(session.title));
  markLanguage(need('.closing-session-title', line), session.title);
}
