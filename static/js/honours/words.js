/** Guests of honour in words. */
import { t, text } from '#hub/web/i18n.js';

/** @typedef {import('#hub/honours/attending.js').Attending} Attending */
/** @typedef {import('#hub/honours/attending.js').Whereabouts} Whereabouts */
/** @typedef {import('#hub/live/documents.js').HonourDoc} HonourDoc */

/**
 * The name; the office where nobody is named.
 * @param {HonourDoc} honour
 */
export function titleWords({ name, office }) {
  return name || text(office);
}

/**
 * Office and organisation, as they stand beside the name.
 * @param {HonourDoc} honour
 */
export function officeWords({ name, office, organisation }) {
  const own = name ? text(office) : '';
  const from = organisation && !own.includes(organisation) ? organisation : '';
  return [from, own].filter(Boolean).join(' · ');
}

/** @param {Attending} attending */
export function whereWords({ honour, where }) {
  switch (where) {
    case 'here':
      return t('도착');
    case 'remote':
      return t('온라인 접속함');
    case 'represented':
      return t('대참 {who}', { who: honour.representative ?? '' });
    case 'absent':
      return t('불참');
    case 'expected':
      return t('확인 전');
  }
}

/** @param {Whereabouts} where */
export function whereKind(where) {
  return { here: 'good', remote: 'good', represented: 'info', absent: 'warn', expected: '' }[where];
}
