/** Building and updating the page without innerHTML: data becomes text nodes and attributes only. */
import { lang, otherLanguage } from '#hub/web/i18n.js';

/** @typedef {Node | string | number | null | undefined | false} Child nothing is rendered for null, undefined and false */
/** @typedef {Record<string, unknown>} Props attributes; `class`, `dataset` (object), `on<event>` (function); true sets, false or null leaves out */

/**
 * Make an element.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props | null} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProp(element, name, value);
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) element.append(asNode(child));
  }
  return element;
}

/**
 * The element that must exist; throws when the template and the script disagree.
 * @template {Element} [T=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {T}
 */
export function need(selector, root = document) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`missing element: ${selector}`);
  return /** @type {T} */ (found);
}

/**
 * What the template gave by the macro `page_data`.
 * @template [T={conf: string, zone: string}] `conf`: the conference's slug, `zone`: IANA name of the event's zone
 * @returns {T}
 */
export function pageData() {
  return JSON.parse(need('#page-data').textContent ?? 'null');
}

/**
 * Write text only when it differs, so that selections and live regions are left alone.
 * @param {Node} node
 * @param {string} value
 */
export function setText(node, value) {
  if (node.textContent !== value) node.textContent = value;
}

/**
 * Write the name of a person or a body in the direction of its own letters: the brackets of an Arabic name stand where they belong.
 * @param {Element} element
 * @param {string} name
 */
export function setName(element, name) {
  element.setAttribute('dir', 'auto');
  setText(element, name);
}

/**
 * Say at an element that shows `content` which language it is in, when that is not the page's. A conference that offers the page's
 * language shows a sign, too: this wording was not given.
 * @param {Element} element
 * @param {import('#hub/web/i18n.js').Text | string | null | undefined} content
 */
export function markLanguage(element, content) {
  const other = otherLanguage(content);
  if (other) element.setAttribute('lang', other);
  else element.removeAttribute('lang');
  const offered = (document.documentElement.dataset.languages ?? '').split(' ');
  element.classList.toggle('fallback', other !== null && offered.includes(lang()));
}

/** @type {WeakMap<Element, Map<string, Element>>} */
const lists = new WeakMap();

/**
 * Show `items` as the children of `parent`, one element per key. An element that stays is updated in place and moved only
 * when its place changed, so focus and scrolling survive. The first call replaces what the template put there.
 * @template T
 * @param {Element} parent
 * @param {Iterable<T>} items
 * @param {(item: T) => string} key unique among the items
 * @param {(item: T) => Element} create
 * @param {(element: Element, item: T) => void} [update] also called after `create`
 */
export function renderList(parent, items, key, create, update) {
  const before = lists.get(parent);
  if (!before) parent.replaceChildren();
  /** @type {Map<string, Element>} */
  const after = new Map();
  for (const item of items) {
    const element = before?.get(key(item)) ?? create(item);
    update?.(element, item);
    after.set(key(item), element);
  }
  for (const [name, element] of before ?? []) if (!after.has(name)) element.remove();
  placeInOrder(parent, [...after.values()]);
  lists.set(parent, after);
}

/**
 * @param {Element} parent
 * @param {Element[]} wanted
 */
function placeInOrder(parent, wanted) {
  wanted.forEach((element, index) => {
    const there = parent.children[index] ?? null;
    if (there !== element) parent.insertBefore(element, there);
  });
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 * @param {unknown} value
 */
function setProp(element, name, value) {
  if (typeof value === 'function') {
    element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
  } else if (name === 'dataset') {
    Object.assign(element.dataset, value);
  } else if (value === true) {
    element.setAttribute(name, '');
  } else if (value !== false && value !== null && value !== undefined) {
    element.setAttribute(name, String(value));
  }
}

/** @param {Node | string | number} child */
function asNode(child) {
  return child instanceof Node ? child : document.createTextNode(String(child));
}
