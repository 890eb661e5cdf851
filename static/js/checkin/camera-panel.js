/** The camera's button, picture and light on the gate's screen; there is none without a camera. */
import { notify } from '#hub/web/announce.js';
import { Camera, hasCamera } from '#hub/checkin/camera.js';
import { Sightings } from '#hub/checkin/sightings.js';
import { need, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';
import { localNow } from '#hub/web/time.js';

/**
 * Show the camera's button if there is a camera.
 * @param {string} wasmUrl
 * @param {(code: string) => void} onCode called once for each code
 */
export async function startCamera(wasmUrl, onCode) {
  if (!(await hasCamera())) return;
  const sightings = new Sightings();
  const video = /** @type {HTMLVideoElement} */ (need('#video'));
  const camera = new Camera(video, wasmUrl, (code) => {
    if (sightings.isNew(code, localNow())) onCode(code);
  });
  const button = need('#camera');
  button.hidden = false;
  button.addEventListener('click', () => void toggle(camera, button));
  need('#torch').addEventListener('click', () => void light(camera));
}

/**
 * @param {Camera} camera
 * @param {HTMLElement} button
 */
async function toggle(camera, button) {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  try {
    if (camera.running) camera.stop();
    else await camera.start();
  } catch (error) {
    camera.stop();
    notify(refusal(error), { kind: 'bad' });
  } finally {
    button.removeAttribute('aria-busy');
  }
  need('#camera-frame').hidden = !camera.running;
  need('#torch').hidden = !camera.hasTorch;
  need('#torch').setAttribute('aria-pressed', 'false');
  setText(button, camera.running ? t('카메라 끄기') : t('카메라로 스캔'));
}

/** @param {Camera} camera */
async function light(camera) {
  const button = need('#torch');
  const on = button.getAttribute('aria-pressed') !== 'true';
  await camera.torch(on);
  button.setAttribute('aria-pressed', String(on));
}

/** @param {unknown} error */
function refusal(error) {
  const denied = error instanceof DOMException && error.name === 'NotAllowedError';
  return denied ? t('카메라를 쓸 수 있게 허용해 주세요. 브라우저의 주소창 옆에서 바꿀 수 있습니다.') : t('카메라를 켜지 못했습니다. 코드를 입력하거나 이름으로 찾아 주세요.');
}
