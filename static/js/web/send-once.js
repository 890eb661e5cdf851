/** A form that is sent once: while its answer is awaited its button is busy, and pressing again sends nothing. */

/** @type {Map<HTMLFormElement, HTMLElement | null>} the forms that are on their way, with the button that sent each */
const sent = new Map();

/**
 * Let a submission through, or hold it back because the form is on its way already. A form whose answer is a file to keep
 * (`data-download`) leaves the page as it is, so it may be sent again.
 * @param {SubmitEvent} event
 */
export function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
  if (form.method !== 'post' || form.dataset.download !== undefined) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.set(form, event.submitter);
  event.submitter?.setAttribute('aria-busy', 'true');
}

/** Let every form be sent again: the page is shown anew, from the history of the browser. */
export function sendAgain() {
  for (const button of sent.values()) button?.removeAttribute('aria-busy');
  sent.clear();
}
