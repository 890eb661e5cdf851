import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { awardActs } from '#hub/awards/award-acts.js';
import { outsideWords } from '#hub/awards/outside.js';
import { cue } from '../day.js';
import { openPage } from '../web/page.js';
import { allowing, ceremony } from './console-day.js';

beforeEach(() => void openPage(''));

const LANE = { id: 'hall', title: { ko: '현장', en: 'Hall' }, position: 1, status: 'running', held_since: null };

/** @param {object} round @param {string | null} onAir */
function dayOf(round, onAir) {
  return ceremony([allowing(['arm', 'reveal'])], { 'cue/round-1': cue({ id: 'round-1', ...round }), 'lane/hall': { ...LANE, cue: onAir } });
}

/** @param {ReturnType<typeof dayOf>} store */
const awardIn = (store) => /** @type {import('#hub/live/documents.js').AwardDoc} */ (store.get('award/a'));

test('an award belongs to its round: before it and after it the console says so', () => {
  const words = (/** @type {ReturnType<typeof dayOf>} */ store) => outsideWords(store, awardIn(store));
  const started = { started_at: '2021-12-02T00:30:00.000Z' };

  assert.equal(words(dayOf(started, 'round-1')), '');
  assert.match(words(dayOf({}, 'opening')), /아직 시작하지 않았습니다/);
  assert.match(words(dayOf(started, 'performance')), /이미 지나갔습니다/);
});

test('a name that was made ready in a round that is over is revealed only after a question', async () => {
  const store = dayOf({ started_at: '2021-12-02T00:30:00.000Z' }, 'performance');
  /** @type {string[]} */
  const sent = [];
  const commands = /** @type {any} */ ({ accepts: () => true, send: (/** @type {string} */ _, /** @type {string} */ button) => sent.push(button) });
  const act = awardActs({ store, commands, dialogs: async () => null });

  for (const answer of ['', 'yes']) {
    const done = act(awardIn(store), 'reveal');
    const dialog = /** @type {HTMLDialogElement} */ (document.querySelector('dialog'));
    assert.match(dialog.textContent ?? '', /이미 지나갔습니다\. 그래도 발표할까요\?.*석용주, 천안고용센터/);
    dialog.close(answer);
    await done;
  }

  assert.deepEqual(sent, ['award-reveal']);
});
