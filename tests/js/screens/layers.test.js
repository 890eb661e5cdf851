import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { LayerButtons } from '#hub/screens/layers.js';
import { day } from '../day.js';
import { settle } from '../web/fakes.js';
import { openPage } from '../web/page.js';

beforeEach(() => void openPage(''));

/** @param {Record<string, object>} [docs] */
function scene(docs) {
  /** @type {any[]} */
  const sent = [];
  const commands = /** @type {any} */ ({ accepts: () => true, send: (/** @type {any[]} */ ...command) => sent.push(command) });
  const layers = new LayerButtons({ store: day(docs), commands, lane: 'hall' });
  layers.draw();
  return { sent, layers };
}

const order = (/** @type {object} */ body) => ({ command: 'layer', path: 'screens/layer', body });
const LYING = { 'layer/hall': { lane: 'hall', layer: 'blackout', text: null, since: '2021-12-02T00:20:00.000Z' } };

test('a layer is laid, and pressing the one that lies there takes it away', async () => {
  const { sent, layers } = scene();
  await layers.press('blackout');
  assert.deepEqual(sent, [['hall', 'layer-blackout', order({ layer: 'blackout' }), 1]]);

  const lying = scene(LYING);
  await lying.layers.press('blackout');
  assert.deepEqual(lying.sent, [['hall', 'layer-blackout', order({ layer: null }), 1]]);
  assert.deepEqual([...lying.layers.element.querySelectorAll('[aria-pressed="true"]')].map((button) => button.textContent), ['암전⇧K']);
});

for (const [words, answer, texts] of /** @type {const} */ ([[' 잠시 쉽니다 ', 'yes', [{ ko: '잠시 쉽니다' }]], ['', 'yes', []], ['잠시', '', []]])) {
  test(`the text "${words}" with the answer "${answer}" is ${texts.length ? 'shown' : 'not sent'}`, async () => {
    const { sent, layers } = scene();
    void layers.press('text');
    await settle();
    const dialog = /** @type {HTMLDialogElement} */ (document.querySelector('dialog'));
    /** @type {HTMLInputElement} */ (dialog.querySelector('input')).value = words;
    dialog.close(answer);
    await settle();

    assert.deepEqual(sent.map(([, , { body }]) => body.text), texts);
  });
}
