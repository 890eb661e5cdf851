import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { sendAgain, sendOnce } from '#hub/web/send-once.js';
import { openPage } from './page.js';

/** @type {string[]} */
let sent;

beforeEach(() => {
  sendAgain();
  sent = [];
});

/**
 * Open a page with this form.
 * @param {string} attributes
 * @param {(event: SubmitEvent) => void} [own] what the page itself does when it is sent
 */
function open(attributes, own = () => {}) {
  openPage(`<form ${attributes}><button name="act">저장</button><button name="other">지우기</button></form>`);
  const form = /** @type {HTMLFormElement} */ (document.querySelector('form'));
  form.addEventListener('submit', own);
  document.addEventListener('submit', (event) => {
    sendOnce(event);
    if (!event.defaultPrevented) sent.push(event.submitter?.getAttribute('name') ?? '');
    event.preventDefault();
  });
  return [...form.querySelectorAll('button')];
}

test('a form is sent once, by whichever of its buttons was first', () => {
  const [save, other] = open('method="post"');
  save.click();
  save.click();
  other.click();
  assert.deepEqual([sent, save.getAttribute('aria-busy'), other.hasAttribute('aria-busy')], [['act'], 'true', false]);
});

test('a page that is shown again can send its form again', () => {
  const [save] = open('method="post"');
  save.click();
  sendAgain();
  assert.equal(save.hasAttribute('aria-busy'), false);
  save.click();
  assert.deepEqual(sent, ['act', 'act']);
});

test('a search and a form that brings a file may be sent again and again', () => {
  for (const attributes of ['method="get"', 'method="post" data-download']) {
    const [save] = open(attributes);
    save.click();
    save.click();
    assert.equal(save.hasAttribute('aria-busy'), false);
  }
  assert.deepEqual(sent, ['act', 'act', 'act', 'act']);
});

test('a form that the page keeps back is not on its way', () => {
  let kept = true;
  const [save] = open('method="post"', (event) => kept && event.preventDefault());
  save.click();
  kept = false;
  save.click();
  assert.deepEqual(sent, ['act']);
});
