/** Checking the results in the browser: digests made anew of the opened lines and their salts. */
import { el, need, pageData, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { checked, who } from '#hub/awards/proof-check.js';

/** @typedef {import('#hub/awards/proof-check.js').Committed} Committed */
/** @typedef {import('#hub/awards/proof-check.js').Verdict} Verdict */

const { conf } = pageData();

async function check() {
  const answer = await fetch(`/api/v1/c/${conf}/results/proof`);
  if (!answer.ok) throw new Error(`proof: ${answer.status}`);
  const { commitments } = /** @type {import('#hub/live/documents.js').ProofAnswer} */ (await answer.json());
  for (const one of commitments) draw(one, await checked(one));
}

/**
 * @param {Committed} one
 * @param {Verdict} verdict
 */
function draw(one, verdict) {
  const section = document.querySelector(`[data-commitment="${one.number}"]`);
  if (!section) return;
  setText(need('[data-verdict]', section), words(one, verdict));
  need('[data-lines]', section).replaceChildren(...verdict.lines.map(line));
}

/**
 * @param {Committed} one
 * @param {Verdict} verdict
 */
function words(one, verdict) {
  if (!verdict.whole) return t('전체 지문이 목록과 맞지 않습니다.');
  const matching = verdict.lines.filter((line) => line.matches).length;
  if (matching < verdict.lines.length) return t('맞지 않는 줄이 있습니다.');
  return t('열린 {opened}건이 모두 맞습니다. 전체 {all}건', { opened: matching, all: one.digests.length });
}

/** @param {Verdict['lines'][number]} checkedLine */
function line(checkedLine) {
  return el(
    'li',
    { dataset: { matches: String(checkedLine.matches) } },
    el('strong', null, checkedLine.matches ? t('맞음') : t('맞지 않음')),
    ` ${who(checkedLine.text)} `,
    el('details', null, el('summary', null, t('자료')), el('code', { class: 'proof-digest' }, checkedLine.text), el('br'), el('code', { class: 'proof-digest' }, checkedLine.salt)),
  );
}

check().catch(() => {
  const failed = need('#proof-failed');
  failed.removeAttribute('hidden');
  setText(failed, t('검증 자료를 확인하지 못했습니다. 새로 고치거나 자료를 내려받아 확인하세요.'));
});
