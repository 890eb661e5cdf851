/** Those who come with somebody, and who of them is still outside: as the server says, or, while it cannot be asked, this device's own list. */
import { t, text } from '#hub/web/i18n.js';

/** @typedef {{guest: string, name: string, inside: boolean}} Companion `name` is masked where only the device's list knows them */
/** @typedef {{guest: string, masked: string | null, label: import('#hub/web/i18n.js').Text | null, inside: boolean}} Listed a companion on the device's list */

/** So many of a party are named on a card. */
const NAMED = 3;

/**
 * The others of somebody's party, as the server says.
 * @param {Pick<import('#hub/live/documents.js').PersonDoc, 'party'> | undefined} person
 * @returns {Companion[]}
 */
export function toldParty(person) {
  return (person?.party?.others ?? []).map(({ guest, name, inside }) => ({ guest, name: text(name), inside }));
}

/**
 * The others of somebody's party by the device's list, which names nobody in full; in the order of what is read.
 * @template {Listed} One
 * @param {One[] | undefined} party
 * @returns {(One & Companion)[]}
 */
export function listedParty(party) {
  return (party ?? []).map((one) => ({ ...one, name: listedName(one) })).toSorted((a, b) => a.name.localeCompare(b.name));
}

/** @param {Pick<Listed, 'masked' | 'label'>} one */
export function listedName({ masked, label }) {
  return masked ?? text(label);
}

/**
 * Those who did not come in yet.
 * @template {{inside: boolean}} One
 * @param {One[]} company
 * @returns {One[]}
 */
export function outside(company) {
  return company.filter(({ inside }) => !inside);
}

/**
 * @param {Companion[]} company
 * @param {import('#hub/checkin/words/vocabulary.js').Vocabulary} words of the gate
 * @returns {string} empty for somebody who comes alone
 */
export function partyWords(company, words) {
  if (company.length === 0) return '';
  const names = company.slice(0, NAMED).map(({ name }) => name).join(', ');
  const more = company.length - NAMED;
  return [more > 0 ? t('{names} 외 {n}명', { names, n: more }) : names, outside(company).length === 0 ? words.allPassed() : ''].filter(Boolean).join(' · ');
}
