/** When a page that waits for check-in goes on; pure. */

/**
 * @param {{early: boolean, opensAt: number, enterAt: number, now: number, visible: boolean}} page instants in ms; `early`: it was opened
 *   before check-in; `enterAt`: a little after the opening, so that not everybody comes at once
 * @returns {'wait' | 'offer' | 'enter'} `offer`: only the button
 */
export function opening({ early, opensAt, enterAt, now, visible }) {
  if (now < opensAt) return 'wait';
  return early && visible && now >= enterAt ? 'enter' : 'offer';
}

/**
 * Whether the conference is not any more when the page says.
 * @param {{starts_at: string, ends_at: string, state: string}} said
 * @param {{starts_at: string, ends_at: string, state: string}} conference
 */
export function moved(said, conference) {
  const same = (/** @type {'starts_at' | 'ends_at'} */ key) => Date.parse(said[key]) === Date.parse(conference[key]);
  return !same('starts_at') || !same('ends_at') || (said.state !== conference.state && conference.state === 'over');
}
