import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderList } from '#hub/web/dom.js';

/** As much of an element as a keyed list touches; counts how often a child is put somewhere. */
class FakeElement {
  /** @type {FakeElement[]} */
  children = [];
  /** @type {FakeElement | null} */
  parent = null;
  placed = 0;
  label = '';

  /** @param {FakeElement} child @param {FakeElement | null} before */
  insertBefore(child, before) {
    child.remove();
    const index = before ? this.children.indexOf(before) : this.children.length;
    this.children.splice(index, 0, child);
    child.parent = this;
    child.placed += 1;
  }

  replaceChildren() {
    this.children = [];
  }

  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter((child) => child !== this);
    this.parent = null;
  }
}

/** @typedef {{id: string, label: string}} Item */

/** @param {FakeElement} parent @param {Item[]} items */
function render(parent, items) {
  renderList(
    /** @type {any} */ (parent),
    items,
    (item) => item.id,
    () => /** @type {any} */ (new FakeElement()),
    (element, item) => {
      /** @type {any} */ (element).label = item.label;
    },
  );
  return parent.children;
}

/** @param {string} ids */
const items = (ids) => [...ids].map((id) => ({ id, label: id.toUpperCase() }));

test('the first rendering replaces what the template put there', () => {
  const parent = new FakeElement();
  parent.insertBefore(new FakeElement(), null);
  assert.deepEqual(render(parent, items('ab')).map(({ label }) => label), ['A', 'B']);
});

test('elements that stay are the same ones, updated and not moved', () => {
  const parent = new FakeElement();
  const [a, b] = [...render(parent, items('ab'))];
  const after = [...render(parent, [{ id: 'a', label: 'new' }, { id: 'b', label: 'B' }, { id: 'c', label: 'C' }])];
  assert.deepEqual(after.map(({ label, placed }) => [label, placed]), [['new', 1], ['B', 1], ['C', 1]]);
  assert.ok(after[0] === a && after[1] === b);
});

test('removed ones go, and the order is that of the items', () => {
  const parent = new FakeElement();
  render(parent, items('abcd'));
  assert.deepEqual(render(parent, items('dca')).map(({ label }) => label), ['D', 'C', 'A']);
});

test('when one is taken out the others are not touched', () => {
  const parent = new FakeElement();
  render(parent, items('abc'));
  assert.deepEqual(render(parent, items('bc')).map(({ placed }) => placed), [1, 1]);
});
