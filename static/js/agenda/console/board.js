/** The lanes of the console side by side: which one the keyboard commands, and what a press does. */
import { notify } from '#hub/web/announce.js';
import { ask, choose } from '#hub/web/ask.js';
import { drivingOrder } from '#hub/agenda/console/driver.js';
import { together } from '#hub/agenda/console/together.js';
import { HAND_CAPS } from '#hub/agenda/console/keys.js';
import { consoleLanes } from '#hub/agenda/console/lanes.js';
import { isLate } from '#hub/agenda/console/make-up.js';
import { Panel } from '#hub/agenda/console/panel.js';
import { obstacle, order, question } from '#hub/agenda/console/rules.js';
import { el, renderList } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { InSight } from '#hub/web/in-sight.js';
import { InTurn } from '#hub/web/in-turn.js';
import { serverNow } from '#hub/web/time.js';

/** @typedef {import('#hub/agenda/console/lane-commands.js').LaneCommands} LaneCommands */
/** @typedef {import('#hub/agenda/console/lane-commands.js').Progress} Progress */
/** @typedef {import('#hub/agenda/console/keys.js').KeyAction} KeyAction */
/** @typedef {import('#hub/agenda/console/rules.js').Button} Button */
/** @typedef {import('#hub/live/store.js').Store} Store */
/** @typedef {import('#hub/awards/console.js').AwardCard} AwardCard */
/** @typedef {{card: AwardCard, stage: {element: HTMLElement, layers: HTMLElement, draw: (now: number) => void, press: (layer: 'blackout' | 'logo') => void}}} Beside what a lane's panel shows beside its cues */

const CONFIRMED_MS = 6_000;
/** The last panels are laid out in the frame after they were drawn. */
const SETTLED_FRAMES = 2;
const LANE_SIGNS = '.lane-heading, .on-air';

export class Board {
  #root;
  #store;
  #zone;
  #actor;
  #onChoose;
  #makeUp;
  #beside;
  /** @type {LaneCommands | null} */
  #commands = null;
  /** @type {string | null} */
  #chosen;
  /** @type {Map<string, Panel>} */
  #panels = new Map();
  /** @type {Map<string, Beside>} */
  #besides = new Map();
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  #fading = new Map();
  /** @type {Map<string, HTMLElement>} where the panel of each lane is: at first what the server said of the lane */
  #places;
  #inSight = new InSight(() => this.draw(serverNow()));
  /** @type {WeakMap<Element, string>} what each panel was drawn from last */
  #drawn = new WeakMap();
  /** Lanes without a panel yet, or out of sight and something may have happened since they were drawn. */
  #behind = new InTurn((id) => this.#catchUp(id), (id) => this.#isNear(id));
  /** When the lanes were drawn last, server time (ms). */
  #now = 0;
  #closeNotice = () => {};

  /**
   * @param {{root: HTMLElement, store: Store, zone: string, actor: string, chosen: string | null, onChoose: (lane: string) => void, makeUp: (lane: string) => void, beside: (lane: string) => Beside}} parts
   *   `zone`: IANA name of the event's zone, `actor`: id of who looks, `chosen`: the lane to begin with, `makeUp`: asks how a lane makes up time, `beside`: makes what a lane's panel shows beside its cues
   */
  constructor({ root, store, zone, actor, chosen, onChoose, makeUp, beside }) {
    this.#actor = actor;
    this.#root = root;
    this.#store = store;
    this.#zone = zone;
    this.#chosen = chosen;
    this.#onChoose = onChoose;
    this.#makeUp = makeUp;
    this.#beside = beside;
    const told = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(':scope > [data-lane]'));
    this.#places = new Map([...told].map((place) => [place.dataset.lane ?? '', place]));
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
    this.#now = now;
    const lanes = consoleLanes(this.#store, now);
    if (lanes.length === 0 && this.#panels.size === 0) return;
    const first = this.#panels.size === 0;
    if (lanes.length > 0 && !lanes.some(({ lane }) => lane.id === this.#chosen)) {
      this.#chosen = lanes[0].lane.id;
    }
    const ids = lanes.map(({ lane }) => lane.id);
    renderList(
      this.#root,
      lanes,
      ({ lane }) => lane.id,
      ({ lane }) => this.#place(lane.id, text(lane.title)),
      (element, lane) => this.#drawLane(element, lane, ids.indexOf(lane.lane.id), now),
    );
    if (first && ids[0] !== this.chosen) this.#holdInView(this.chosen);
  }

  /** The lanes in their order. */
  get lanes() {
    return consoleLanes(this.#store, serverNow()).map(({ lane }) => lane.id);
  }

  /**
   * Carry out the action of a key; false when it has no meaning for the lanes. In a lane that is off the screen it does nothing
   * but show the lane.
   * @param {KeyAction} action
   */
  act(action) {
    if ('open' in action) return false;
    const ids = this.lanes;
    if ('button' in action) {
      if (this.#shows(this.chosen, `[data-button="${action.button}"]`)) this.#pressButton(action.button);
    } else if ('award' in action) {
      this.#pressAward(action.place === undefined ? this.chosen : ids[action.place], action.award);
    } else if ('makeUp' in action) {
      if (this.#shows(this.chosen, '.lane-make-up')) this.#pressMakeUp();
    } else if ('layer' in action) {
      if (this.#shows(this.chosen, '.stage-layers')) this.#besides.get(this.chosen)?.stage.press(action.layer);
    } else if ('lane' in action) {
      this.#choose(ids[action.lane]);
    } else if ('step' in action) {
      this.#choose(ids[(ids.indexOf(this.chosen) + action.step + ids.length) % ids.length]);
    } else this.#panels.get(this.chosen)?.enter();
    return true;
  }

  /** @param {string} id of a lane */
  card(id) {
    return this.#besides.get(id)?.card;
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
    const answer = doubt ? await choose(doubt) : 'go';
    if (answer === 'go') this.#commands.send(id, button, order(button, before), seen);
    if (answer === 'check') this.#commands.send(id, button, { command: button, body: {} }, seen);
  }

  /**
   * Do something with one cue of a lane, after a question where everybody would see it at once.
   * @param {string} id
   * @param {import('#hub/agenda/console/cue-acts.js').CueAct} act
   */
  async #pressCue(id, { verb, body, question: doubt }) {
    const pressed = /** @type {const} */ (`cue-${verb}`);
    if (!this.#commands?.accepts(id, pressed)) return;
    const seen = this.#store.head;
    const answer = doubt ? await choose(doubt) : 'go';
    if (answer === 'go') this.#commands.send(id, pressed, { command: verb, body }, seen);
    if (answer === 'check') this.#commands.send(id, pressed, { command: verb, body: { cue: body.cue } }, seen);
  }

  /**
   * Take a lane, give it back, or take it over after a question.
   * @param {string} id
   */
  async #pressDriver(id) {
    const lane = this.#lane(id);
    if (!lane || !this.#commands?.accepts(id, 'driver')) return;
    const { order: driving, question: doubt } = drivingOrder(lane.lane, this.#actor);
    const seen = this.#store.head;
    if (doubt && !(await ask(doubt))) return;
    this.#commands.send(id, 'driver', driving, seen);
  }

  /** Take several lanes on at one instant, after a question that names what begins. */
  async pressTogether() {
    const found = together(consoleLanes(this.#store, serverNow()));
    const [first] = found?.lanes ?? [];
    if (!found || !first || !found.lanes.every((lane) => this.#commands?.accepts(lane, found.command))) return;
    const seen = this.#store.head;
    if (!(await ask(found.question))) return;
    this.#commands?.send(first, found.command, { command: found.command, body: { lanes: found.lanes } }, seen);
  }

  /**
   * Show how a lane's command stands.
   * @param {string} id
   * @param {Progress} progress
   */
  report(id, progress) {
    clearTimeout(this.#fading.get(id));
    this.#made(id)?.report(progress);
    const busy = ['sending', 'retrying', 'kept'].includes(progress.phase) && progress.button.startsWith('award-');
    this.card(id)?.busy(busy ? progress.button.slice('award-'.length) : null);
    if (progress.phase !== 'confirmed') return;
    this.#fading.set(id, setTimeout(() => this.#panels.get(id)?.report(null), CONFIRMED_MS));
  }

  /**
   * The chosen lane gets its panel at once, the others when their turn comes, those in sight first; until then they say what the page
   * came with. The panel of a lane that is out of sight is drawn when something happened, not each second, and after those that can be seen.
   * @param {Element} element
   * @param {import('#hub/agenda/console/lanes.js').ConsoleLane} lane
   * @param {number} place
   * @param {number} now
   */
  #drawLane(element, lane, place, now) {
    const { id } = lane.lane;
    const seen = this.#panels.has(id) && this.#inSight.has(element);
    if (seen || id === this.#chosen) return this.#drawPanel(lane, place, now);
    if (this.#drawn.get(element) !== this.#state(id, place)) this.#behind.add(id);
  }

  /**
   * Bring the lane to begin with into view, and keep it there while those above it get their panels, unless the hand does anything.
   * @param {string} id
   */
  #holdInView(id) {
    const until = new AbortController();
    for (const hand of ['pointerdown', 'keydown', 'wheel', 'touchstart']) document.addEventListener(hand, () => until.abort(), { passive: true, signal: until.signal });
    let frames = SETTLED_FRAMES;
    const hold = () => {
      if (until.signal.aborted) return;
      this.#panels.get(id)?.element.scrollIntoView({ block: 'start', behavior: 'instant' });
      frames = this.#behind.waits ? SETTLED_FRAMES : frames - 1;
      if (frames > 0) requestAnimationFrame(hold);
      else until.abort();
    };
    requestAnimationFrame(() => {
      if (!until.signal.aborted && this.#panels.get(id)?.comeIntoView()) hold();
      else until.abort();
    });
  }

  /** @param {string} id of a lane that is behind */
  #catchUp(id) {
    const lanes = consoleLanes(this.#store, this.#now);
    const place = lanes.findIndex(({ lane }) => lane.id === id);
    if (place >= 0) this.#drawPanel(lanes[place], place, this.#now);
  }

  /** @param {string} id of a lane */
  #isNear(id) {
    const place = this.#places.get(id);
    return place !== undefined && this.#inSight.has(place) === true;
  }

  /**
   * The panel of a lane, which is made at once if its turn has not come yet.
   * @param {string} id
   */
  #made(id) {
    if (!this.#panels.has(id) && this.#behind.has(id)) {
      this.#behind.delete(id);
      this.#catchUp(id);
    }
    return this.#panels.get(id);
  }

  /**
   * What a panel is drawn from, but for the time.
   * @param {string} id of the lane
   * @param {number} place
   */
  #state(id, place) {
    return `${this.#store.version} ${id === this.#chosen} ${place}`;
  }

  /**
   * @param {import('#hub/agenda/console/lanes.js').ConsoleLane} lane
   * @param {number} place
   * @param {number} now
   */
  #drawPanel(lane, place, now) {
    const { id } = lane.lane;
    const chosen = id === this.#chosen;
    const panel = this.#panels.get(id) ?? this.#make(id, text(lane.lane.title));
    this.#drawn.set(panel.element, this.#state(id, place));
    this.#behind.delete(id);
    panel.draw(lane, place, chosen, now);
    this.card(id)?.draw(HAND_CAPS[place], now);
    this.#besides.get(id)?.stage.draw(now);
  }

  /**
   * Scroll to what a key presses in a lane. False where nothing told of the lane before, which is then said: nobody commands what
   * they do not see.
   * @param {string} id of the lane
   * @param {string} pressed selector
   * @param {string} [signs] selector of what tells on whom the key acts
   */
  #shows(id, pressed, signs = LANE_SIGNS) {
    this.#closeNotice();
    if (this.#made(id)?.reveal(pressed, signs) !== false) return true;
    this.#closeNotice = notify(t('화면 밖이어서 실행하지 않았습니다. 다시 누르면 실행합니다.'), { kind: 'bad' });
    return false;
  }

  /** @param {Button} button of the chosen lane */
  #pressButton(button) {
    if (button === 'undo' && this.card(this.chosen)?.takesBack()) return;
    if (this.#chosen) void this.press(this.#chosen, button);
  }

  /**
   * @param {string | undefined} id of the lane
   * @param {import('#hub/agenda/console/keys.js').AwardKey} key
   */
  #pressAward(id, key) {
    if (!id || !this.#shows(id, '.card-steps', '.card-name')) return;
    const words = this.card(id)?.press(key);
    if (words) this.report(id, { phase: 'refused', button: `award-${key}`, words });
  }

  /** Ask how the chosen lane makes up time, or say that it is not late. */
  #pressMakeUp() {
    const lane = this.#lane(this.chosen);
    if (lane && isLate(lane)) this.#makeUp(this.chosen);
    else this.report(this.chosen, { phase: 'refused', button: 'make-up', words: t('이 구역은 밀리지 않았습니다.') });
  }

  /** @param {string} id */
  #lane(id) {
    return consoleLanes(this.#store, serverNow()).find(({ lane }) => lane.id === id);
  }

  /** @param {string | undefined} id */
  #choose(id) {
    if (!id) return;
    if (id !== this.#chosen) {
      this.#chosen = id;
      this.draw(serverNow());
      this.#onChoose(id);
    }
    this.#panels.get(id)?.comeIntoView();
  }

  /**
   * Where the panel of a lane comes.
   * @param {string} id
   * @param {string} title
   */
  #place(id, title) {
    const place = this.#places.get(id) ?? unmade(id, title);
    this.#places.set(id, place);
    this.#inSight.watch(place);
    return place;
  }

  /**
   * @param {string} id
   * @param {string} title
   */
  #make(id, title) {
    const beside = this.#beside(id);
    this.#besides.set(id, beside);
    const panel = new Panel({
      place: this.#place(id, title),
      awards: beside.card.element,
      queue: beside.card.queue,
      stage: beside.stage.element,
      layers: beside.stage.layers,
      zone: this.#zone,
      actor: this.#actor,
      pressDriver: () => void this.#pressDriver(id),
      pressMakeUp: () => this.#makeUp(id),
      press: (button) => void this.press(id, button),
      pressCue: (act) => void this.#pressCue(id, act),
      choose: () => this.#choose(id),
      giveUp: () => this.#commands?.giveUp(id),
    });
    this.#panels.set(id, panel);
    return panel;
  }
}

/**
 * What stands where a panel comes, as the server says it of a lane (templates/live/_team.html): its name, and room for the buttons.
 * @param {string} id
 * @param {string} title
 */
function unmade(id, title) {
  const name = el('span', { class: 'lane-name' }, title);
  return el('section', { class: 'lane panel', dataset: { lane: id } }, el('header', { class: 'lane-head' }, el('h2', null, el('span', { class: 'lane-heading' }, name))), el('div', { class: 'lane-room' }));
}
