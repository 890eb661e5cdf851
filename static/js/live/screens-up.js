/** Which screens are up and show the newest, in words for the console. */
import { lang, t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').AwardDoc} AwardDoc */
/** @typedef {import('#hub/live/documents.js').ScreensDoc} ScreensDoc */
/** @typedef {{words: string, state: 'shown' | 'behind'}} Seen how far a reveal has come; no words where it is not known */

/** @param {ScreensDoc} doc */
export function upWords({ screens, browsers }) {
  const shown = screens.filter(isNewest).length;
  const ofBrowsers = t('브라우저 {n}대', { n: new Intl.NumberFormat(lang()).format(browsers) });
  if (screens.length === 0) return ofBrowsers;
  return `${t('화면 {all}대 중 {n}대에 표시', { all: screens.length, n: shown })} · ${ofBrowsers}`;
}

/**
 * Where names are shown that came out by one command: on how many of the stages of their lanes, and in how many browsers.
 * @param {ScreensDoc | null} doc what the server told last
 * @param {readonly Pick<AwardDoc, 'id' | 'lane' | 'everywhere'>[]} awards the first one's screens are looked for, and those of the others
 * @returns {Seen}
 */
export function seenOf(doc, awards) {
  const known = awards.filter(({ id }) => doc?.reveals[id] !== undefined);
  if (!doc || !known.includes(awards[0])) return { words: '', state: 'shown' };
  const numberOn = (/** @type {string | null} */ lane) => Math.max(-1, ...known.filter((one) => lane === null || one.everywhere || one.lane === lane).map(({ id }) => doc.reveals[id]));
  const stages = doc.screens.filter(({ kind, lane }) => kind === 'stage' && numberOn(lane) >= 0);
  const showing = stages.filter(({ shown, lane }) => shown >= numberOn(lane)).length;
  const browsers = new Intl.NumberFormat(lang()).format(doc.browsers);
  return {
    words:
      stages.length > 0
        ? t('무대 화면 {all}대 중 {n}대, 브라우저 {browsers}대에 표시', { all: stages.length, n: showing, browsers })
        : t('브라우저 {browsers}대에 표시', { browsers }),
    state: showing === stages.length ? 'shown' : 'behind',
  };
}

/** @param {Pick<ScreensDoc['screens'][number], 'shown' | 'head'>} screen */
export function isNewest({ shown, head }) {
  return shown >= head;
}
