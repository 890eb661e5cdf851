/** Publishing the plan, applying it to the live run, and rehearsing it. */
import { changeWords } from '#hub/agenda/published-changes.js';
import { notify } from '#hub/web/announce.js';
import { ask } from '#hub/web/ask.js';
import { dialog } from '#hub/web/dialog.js';
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { press } from '#hub/web/press.js';
import { dateTime } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/editor/workspace.js').Workspace} Workspace */
/** @typedef {import('#hub/live/documents.js').PlanDoc} PlanDoc */

/**
 * @param {Workspace} space
 * @param {{api: string, plan: () => PlanDoc | undefined, changes: () => Promise<any>}} source `plan`: what the stream says
 */
export async function publishDialog(space, { api, plan, changes: compare }) {
  const doc = plan();
  const compared = await compare();
  if (!compared) return void notify(t('서버에 닿지 않아 공개된 계획과 견주지 못했습니다.'), { kind: 'bad' });
  const { revision } = space.draft;
  const published = doc?.published_revision === revision;
  const changes = compared.changes.map((/** @type {any} */ change) => changeWords(change, space.settings.zone));
  const refusal = el('p', { class: 'callout', 'data-kind': 'bad', role: 'alert', hidden: true });
  const note = el('textarea', { id: 'publish-note', class: 'input', rows: 2, maxlength: 300 });
  const shown = dialog(t('공개와 진행'), [
    el('p', null, standing(doc, published, space.settings.zone)),
    ...(published || !doc?.version ? [] : [changeList(changes)]),
    ...(published ? [] : [el('div', { class: 'field' }, el('label', { for: 'publish-note' }, t('참석자에게 알릴 내용 (선택)')), note)]),
    refusal,
    el(
      'div',
      { class: 'cluster' },
      !published && button(t('공개'), 'primary', (target) => publish(target)),
      doc?.run_revision !== revision && button(doc?.run_revision ? t('진행에 반영') : t('진행 시작 준비'), '', (target) => apply(target)),
      button(t('리허설 시작'), 'quiet', (target) => rehearse(target)),
    ),
    el('p', { class: 'quiet small' }, t('공개하면 안내와 일정에 보입니다. 진행에 반영하면 콘솔과 모든 화면이 이 계획을 따릅니다. 이미 진행한 순서는 그대로 남습니다.')),
  ]);
  const publish = async (/** @type {HTMLButtonElement} */ target) => {
    const words = note.value.trim();
    const answer = await press(target, `${api}/plan/publish`, { revision, ...(words && { note: space.textOf(words) }) });
    done(answer, t('공개했습니다. 버전 {n}입니다.', { n: answer?.data?.version ?? '' }));
  };
  const apply = async (/** @type {HTMLButtonElement} */ target) => {
    const sure = await ask({ title: t('이 계획을 진행에 반영할까요?'), body: published ? '' : t('아직 공개하지 않은 변경도 함께 공개됩니다.'), action: t('진행에 반영'), danger: false });
    const answer = sure ? await press(target, `${api}/run/apply`, { revision }) : null;
    done(answer, t('진행에 반영했습니다.'));
  };
  const rehearse = async (/** @type {HTMLButtonElement} */ target) => {
    const answer = await press(target, `${api}/runs`, { revision });
    done(answer, t('리허설을 시작했습니다. 콘솔에서 진행합니다.'));
  };
  const done = (/** @type {import('#hub/web/commands.js').Answer | null} */ answer, /** @type {string} */ words) => {
    refusal.textContent = answer && !answer.ok ? answer.message : '';
    refusal.hidden = !refusal.textContent;
    if (!answer?.ok) return;
    shown.close();
    notify(words, { kind: 'good' });
  };
}

/**
 * @param {string} words
 * @param {string} kind
 * @param {(target: HTMLButtonElement) => Promise<void>} act
 */
function button(words, kind, act) {
  const made = el('button', { type: 'button', class: 'button', 'data-kind': kind }, words);
  made.addEventListener('click', () => void act(made));
  return made;
}

/**
 * @param {PlanDoc | undefined} doc
 * @param {boolean} published
 * @param {string} zone
 */
function standing(doc, published, zone) {
  if (!doc?.version) return t('아직 공개한 계획이 없습니다. 공개하면 참석자에게 계획 전체가 보입니다.');
  const at = doc.published_at ? dateTime(doc.published_at, zone) : '';
  return published ? t('지금 계획이 공개되어 있습니다 (버전 {n}, {at}).', { n: doc.version, at }) : t('공개된 버전: {n} ({at}). 그 뒤에 바뀐 것은 아직 공개하지 않았습니다.', { n: doc.version, at });
}

/** @param {string[]} changes */
function changeList(changes) {
  if (changes.length === 0) return el('p', { class: 'quiet' }, t('참석자에게 보이는 것은 바뀌지 않습니다.'));
  return el('section', null, el('h3', null, t('참석자에게 바뀌어 보이는 것')), el('ul', { class: 'change-list' }, ...changes.map((words) => el('li', null, words))));
}
