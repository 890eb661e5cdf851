/** What a lane's stage shows, small: the same picture from the same documents, for the console, with what may be laid over it. */
import { el } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { follow, paint } from '#hub/live/stage-pictures.js';
import { sceneKey, sceneOf } from '#hub/live/stage-scene.js';
import { LayerButtons } from '#hub/screens/layers.js';

/** @typedef {import('#hub/live/store.js').Store} Store */

export class SmallStage {
  #store;
  #lane;
  #occasion;
  #frame = el('div', { class: 'small-stage', 'aria-hidden': 'true' });
  /** @type {HTMLElement | null} */
  #picture = null;
  #shown = '';
  #layers;

  /**
   * @param {{store: Store, lane: string, occasion: import('#hub/live/stage-pictures.js').Occasion, commands: import('#hub/agenda/console/lane-commands.js').LaneCommands}} parts
   *   `lane`: its id
   */
  constructor({ store, lane, occasion, commands }) {
    this.#store = store;
    this.#lane = lane;
    this.#occasion = occasion;
    this.#layers = new LayerButtons({ store, commands, lane });
    this.element = el('figure', { class: 'small-stage-frame' }, this.#frame, el('figcaption', null, t('무대 화면')));
  }

  /** The buttons that lay something over the stage. */
  get layers() {
    return this.#layers.element;
  }

  /** @param {'blackout' | 'logo'} layer laid over the stage, or taken away */
  press(layer) {
    void this.#layers.press(layer);
  }

  /** @param {number} now server time (ms) */
  draw(now) {
    this.#layers.draw();
    const scene = sceneOf(this.#store, this.#lane, now);
    if (!this.#picture || sceneKey(scene) !== this.#shown) {
      this.#picture = paint(scene, this.#occasion);
      this.#frame.replaceChildren(this.#picture);
      this.#shown = sceneKey(scene);
    }
    follow(this.#picture, scene, now, this.#occasion.zone);
  }
}
