import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from '../web/page.js';

const texts = ['title', 'host'].map((name) => `<div class="field-texts">${['ko', 'en'].map((code) => `<div class="field"><input id="${name}_${code}" name="${name}_${code}" lang="${code}"></div>`).join('')}</div>`).join('');
const CHOICES = ['ko en', 'ko', 'en ko', 'en'].map((value) => `<option value="${value}">${value}</option>`).join('');

openPage(`<form><select id="languages" name="languages">${CHOICES}</select>${texts}<input id="slug"><input id="starts_at" value="2026-12-28T09:00">
  <input id="ends_at" value="2026-12-28T18:00"><input id="purge_on"><input id="accent" value="#1b4b8f"><p id="accent-hint"></p></form>`);
await import('#hub/desk/new.js');

/** @param {string} id */
const field = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

/**
 * Change a field as a person does.
 * @param {string} id
 * @param {string} value
 */
function change(id, value) {
  field(id).value = value;
  for (const kind of ['input', 'change']) field(id).dispatchEvent(new (/** @type {any} */ (document.defaultView)).Event(kind, { bubbles: true }));
}

/** The names of the text fields that are shown, in their order. */
function shown() {
  return [...document.querySelectorAll('[lang]')].filter((input) => !input.closest('[hidden]')).map((input) => input.id);
}

test('only the fields of the chosen languages are shown, the main one first, and what was typed stays', () => {
  assert.deepEqual(shown(), ['title_ko', 'title_en', 'host_ko', 'host_en']);
  change('host_ko', '협회');
  change('languages', 'en');
  assert.deepEqual(shown(), ['title_en', 'host_en']);
  change('languages', 'en ko');
  assert.deepEqual([shown(), field('host_ko').value], [['title_en', 'title_ko', 'host_en', 'host_ko'], '협회']);
});

test('the suggested address has the year of the start that is set after the title, until one is typed', () => {
  change('title_en', 'Spring Forum');
  assert.equal(field('slug').value, 'spring-forum-2026');
  change('starts_at', '2027-03-02T09:00');
  assert.equal(field('slug').value, 'spring-forum-2027');
  change('slug', 'our-forum');
  change('starts_at', '2028-03-02T09:00');
  assert.equal(field('slug').value, 'our-forum');
});
