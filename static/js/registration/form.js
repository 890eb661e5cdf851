/** The registration form: the code of an invitation is taken out of the link's fragment into its field. */
const code = decodeURIComponent(location.hash.slice(1));
const field = document.querySelector('#invitation');
if (code && field instanceof HTMLInputElement) {
  field.value = code;
  history.replaceState(null, '', location.pathname + location.search);
}
