/** Where a guest is: the gates come first, then what is known of them elsewhere; as `standing_of` says it on the server. */
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {'hall' | 'connected' | 'idle' | 'left' | 'absent'} State */
/** @typedef {'scan' | 'link' | import('#hub/live/documents.js').ElsewhereDoc['source']} Source `link`: online check-in alone */
/** @typedef {{state: State, source: Source | null, since: string | null}} Where `since`: an instant */

/**
 * @param {Store} store of a stream that has guests
 * @param {string | null | undefined} id
 * @returns {Where | null} null for somebody of whom the stream says nothing
 */
export function whereOf(store, id) {
  const guest = id ? store.get(`guest/${id}`) : undefined;
  if (!guest) return null;
  if (guest.inside) return { state: 'hall', source: 'scan', since: guest.since };
  const elsewhere = store.get(`elsewhere/${guest.id}`);
  const out = guest.since && !guest.remote_connected ? guest.since : null;
  if (elsewhere && !(elsewhere.state === 'left' && out && Date.parse(out) > Date.parse(elsewhere.since))) {
    return { state: elsewhere.state, source: elsewhere.source, since: elsewhere.since };
  }
  if (guest.remote_connected) return { state: 'idle', source: 'link', since: guest.since };
  return out ? { state: 'left', source: 'scan', since: out } : { state: 'absent', source: null, since: null };
}

/**
 * From whom it is known; empty where the place itself says it: the gates, and the live page.
 * @param {Source | null} source
 */
export function sourceWords(source) {
  switch (source) {
    case 'zoom':
      return t('화상회의 명단');
    case 'metaverse':
      return t('메타버스 명단');
    case 'staff':
      return t('운영진 확인');
    case 'link':
      return t('온라인 체크인');
    default:
      return '';
  }
}
