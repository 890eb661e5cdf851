/** The camera's button, picture and light on the gate's screen; there is none without a camera. */
import { notify } from '#hub/web/announce.js';
import { Camera, hasCamera } from '#hub/checkin/reading/camera.js';
import { Sightings } from '#hub/checkin/reading/sightings.js';
import { need, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { localNow } from '#hub/web/time.js';

/** @typedef {import('#hub/checkin/reading/scanner-keys.js').Reading} Reading */

/** A camera that stands still again so soon after it was asked for anew is left alone. */
const PATIENCE_MS = 10_000;

/**
 * Show the camera's button if there is a camera.
 * @param {string} wasmUrl
 * @param {(reading: Reading) => void} onCode called once for each badge, for two in one picture twice
 */
export async function startCamera(wasmUrl, onCode) {
  if (!(await hasCamera())) return;
  new CameraPanel(wasmUrl, onCode);
}

class CameraPanel {
  #button = need('#camera');
  #camera;
  #sightings = new Sightings();
  #onCode;
  #restarted = -Infinity;

  /**
   * @param {string} wasmUrl
   * @param {(reading: Reading) => void} onCode
   */
  constructor(wasmUrl, onCode) {
    this.#onCode = onCode;
    const video = /** @type {HTMLVideoElement} */ (need('#video'));
    this.#camera = new Camera(video, wasmUrl, { codes: (texts) => this.#see(texts), lost: () => void this.#lost() });
    this.#button.hidden = false;
    this.#button.addEventListener('click', () => void this.#toggle());
    need('#torch').addEventListener('click', () => void this.#light());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.#camera.running) void this.#resume();
    });
  }

  /** @param {string[]} texts */
  #see(texts) {
    const { badges, foreign } = this.#sightings.see(texts, localNow());
    if (foreign) notify(t('명찰이 아닌 QR 코드는 건너뜁니다.'), { kind: 'info' });
    for (const text of badges) this.#onCode({ text, alternatives: [], kind: 'token', source: 'camera' });
  }

  async #toggle() {
    await this.#busy(async () => {
      if (this.#camera.running) this.#camera.stop();
      else await this.#camera.start();
    });
  }

  /** The picture stands still: ask for the camera anew, but not again and again. */
  async #lost() {
    const again = localNow() - this.#restarted < PATIENCE_MS;
    this.#restarted = localNow();
    await this.#resume(() => (again ? Promise.reject(new Error('still')) : this.#camera.resume({ anew: true })));
  }

  /** The page was away: make the picture move again, or say how to. */
  async #resume(work = () => this.#camera.resume()) {
    await this.#busy(work, () => t('카메라가 멈췄습니다. ‘카메라로 스캔’을 눌러 다시 켜세요.'));
  }

  /**
   * @param {() => Promise<void>} work
   * @param {(error: unknown) => string} [words] of a failure
   */
  async #busy(work, words = refusal) {
    if (this.#button.getAttribute('aria-busy') === 'true') return;
    this.#button.setAttribute('aria-busy', 'true');
    try {
      await work();
    } catch (error) {
      this.#camera.stop();
      notify(words(error), { kind: 'bad' });
    } finally {
      this.#button.removeAttribute('aria-busy');
    }
    this.#draw();
  }

  #draw() {
    const { running, hasTorch } = this.#camera;
    need('#camera-frame').hidden = !running;
    need('#torch').hidden = !hasTorch;
    need('#torch').setAttribute('aria-pressed', 'false');
    setText(this.#button, running ? t('카메라 끄기') : t('카메라로 스캔'));
  }

  async #light() {
    const button = need('#torch');
    const on = button.getAttribute('aria-pressed') !== 'true';
    await this.#camera.torch(on);
    button.setAttribute('aria-pressed', String(on));
  }
}

/** @param {unknown} error */
function refusal(error) {
  const denied = error instanceof DOMException && error.name === 'NotAllowedError';
  return denied ? t('카메라를 쓸 수 있게 허용해 주세요. 브라우저의 주소창 옆에서 바꿀 수 있습니다.') : t('카메라를 켜지 못했습니다. 코드를 입력하거나 이름으로 찾아 주세요.');
}
