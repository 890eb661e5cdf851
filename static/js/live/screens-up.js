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
 * Where a name is shown that was revealed: on how many of the stages of its lane, and in how many browsers.
 * @param {ScreensDoc | null} doc what the server told last
 * @param {Pick<AwardDoc, 'id' | 'lane'>} award
 * @returns {Seen}
 */
export function seenOf(doc, award) {
  const number = doc?.reveals[award.id];
  if (!doc || number === undefined) return { words: '', state: 'shown' };
  const stages = doc.screens.filter(({ kind, lane }) => kind === 'stage' && (lane === null || lane === award.lane));
  const showing = stages.filter(({ shown }) => shown >= number).length;
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
