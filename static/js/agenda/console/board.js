/** The lanes of the console side by side: which one the keyboard commands, and what a press does. */
import { ask } from '#hub/web/ask.js';
import { consoleLanes } from '#hub/agenda/console/lanes.js';
import { Panel } from '#hub/agenda/console/panel.js';
import { obstacle, order, question } from '#hub/agenda/console/rules.js';
import { renderList } from '#hub/web/dom.js';
import { serverNow } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/console/lane-commands.js').LaneCommands} LaneCommands */
/** @typedef {import('#hub/agenda/console/lane-commands.js').Progress} Progress */
/** @typedef {import('#hub/agenda/console/keys.js').KeyAction} KeyAction */
/** @typedef {import('#hub/agenda/console/rules.js').Button} Button */
/** @typedef {import('#hub/live/store.js').Store} Store */

const CONFIRMED_MS = 6_000;

export class Board {
  #root;
  #store;
  #zone;
  #onChoose;
  /** @type {LaneCommands | null} */
  #commands = null;
  /** @type {string | null} */
  #chosen = null;
  /** @type {Map<string, Panel>} */
  #panels = new Map();
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  #fading = new Map();

  /**
   * @param {HTMLElement} root
   * @param {Store} store
   * @param {string} zone IANA name of the event's zone
   * @param {() => void} onChoose
   */
  constructor(root, store, zone, onChoose) {
    this.#root = root;
    this.#store = store;
    this.#zone = zone;
    this.#onChoose = onChoose;
  }

  /** The lane that the keyboard commands; empty while none is known. */
  get chosen() {
    return this.#chosen ?? '';
  }

  /** @param {LaneCommands} commands what sends the commands of the lanes */
  sendBy(commands) {
    this.#commands = commands;
  }

  /** @param {number} now server time (ms) */
  draw(now) {
    const lanes = consoleLanes(this.#store, now);
    if (lanes.length === 0 && this.#panels.size === 0) return;
    if (lanes.length > 0 && !lanes.some(({ lane }) => lane.id === this.#chosen)) {
      this.#chosen = lanes[0].lane.id;
      this.#onChoose();
    }
    const ids = lanes.map(({ lane }) => lane.id);
    renderList(
      this.#root,
      lanes,
      ({ lane }) => lane.id,
      ({ lane }) => this.#panel(lane.id).element,
      (_, lane) => this.#panels.get(lane.lane.id)?.draw(lane, ids.indexOf(lane.lane.id), lane.lane.id === this.#chosen, now),
    );
  }

  /**
   * Carry out the action of a key; false when it has no meaning for the lanes.
   * @param {KeyAction} action
   */
  act(action) {
    if ('letter' in action) return false;
    const ids = consoleLanes(this.#store, serverNow()).map(({ lane }) => lane.id);
    if ('button' in action) {
      if (this.#chosen) void this.press(this.#chosen, action.button);
    } else if ('lane' in action) {
      this.#choose(ids[action.lane]);
    } else {
      const place = ids.indexOf(String(this.#chosen)) + action.step;
      this.#choose(ids[Math.min(Math.max(place, 0), ids.length - 1)]);
    }
    return true;
  }

  /**
   * Press a button of a lane: say why it cannot be pressed, ask if it is dangerous, then send its command.
   * @param {string} id
   * @param {Button} button
   */
  async press(id, button) {
    if (!this.#commands?.accepts(id, button)) return;
    const before = this.#lane(id);
    if (!before) return;
    const words = obstacle(button, before);
    if (words) return this.report(id, { phase: 'refused', button, words });
    const doubt = question(button, before, { lanes: consoleLanes(this.#store, serverNow()), store: this.#store, zone: this.#zone });
    const seen = this.#store.head;
    if (doubt && !(await ask(doubt))) return;
    this.#commands.send(id, button, order(button, before), seen);
  }

  /**
   * Show how a lane's command stands.
   * @param {string} id
   * @param {Progress} progress
   */
  report(id, progress) {
    clearTimeout(this.#fading.get(id));
    this.#panels.get(id)?.report(progress);
    if (progress.phase !== 'confirmed') return;
    this.#fading.set(id, setTimeout(() => this.#panels.get(id)?.report(null), CONFIRMED_MS));
  }

  /** @param {string} id */
  #lane(id) {
    return consoleLanes(this.#store, serverNow()).find(({ lane }) => lane.id === id);
  }

  /** @param {string | undefined} id */
  #choose(id) {
    if (!id || id === this.#chosen) return;
    this.#chosen = id;
    this.draw(serverNow());
    this.#onChoose();
    this.#panels.get(id)?.comeIntoView();
  }

  /** @param {string} id */
  #panel(id) {
    const panel = new Panel({
      zone: this.#zone,
      press: (button) => void this.press(id, button),
      choose: () => this.#choose(id),
      giveUp: () => this.#commands?.giveUp(id),
    });
    this.#panels.set(id, panel);
    return panel;
  }
}
