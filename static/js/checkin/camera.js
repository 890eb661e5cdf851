/** Reading QR codes with the device's camera; the decoder (WebAssembly) is loaded when it is started the first time. */
import { pause } from '#hub/web/backoff.js';

const BETWEEN_LOOKS_MS = 80;
const WISH = { video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } }, audio: false };

/** Whether there is a camera that a page may ask for (it must be served over HTTPS or from this machine). */
export async function hasCamera() {
  if (!globalThis.isSecureContext || !navigator.mediaDevices?.getUserMedia) return false;
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.some((device) => device.kind === 'videoinput');
}

export class Camera {
  #video;
  #wasmUrl;
  #onCode;
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {WakeLockSentinel | null} */
  #awake = null;

  /**
   * @param {HTMLVideoElement} video
   * @param {string} wasmUrl
   * @param {(code: string) => void} onCode called with each code, as often as it is seen
   */
  constructor(video, wasmUrl, onCode) {
    this.#video = video;
    this.#wasmUrl = wasmUrl;
    this.#onCode = onCode;
  }

  get running() {
    return this.#stream !== null;
  }

  /** Ask for the camera and look; rejects when the person or the device says no. */
  async start() {
    const [detector, stream] = await Promise.all([decoder(this.#wasmUrl), navigator.mediaDevices.getUserMedia(WISH)]);
    this.#stream = stream;
    this.#video.srcObject = stream;
    await this.#video.play();
    this.#awake = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null;
    void this.#look(detector, stream);
  }

  stop() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#video.srcObject = null;
    void this.#awake?.release();
    this.#awake = null;
  }

  /** Whether the running camera has a light. */
  get hasTorch() {
    const track = this.#stream?.getVideoTracks()[0];
    return Boolean(track?.getCapabilities && 'torch' in track.getCapabilities());
  }

  /** @param {boolean} on */
  async torch(on) {
    /** @type {MediaTrackConstraintSet & {torch: boolean}} */
    const light = { torch: on };
    await this.#stream?.getVideoTracks()[0]?.applyConstraints({ advanced: [light] });
  }

  /**
   * @param {{detect: (source: HTMLVideoElement) => Promise<{rawValue: string}[]>}} detector
   * @param {MediaStream} stream
   */
  async #look(detector, stream) {
    while (this.#stream === stream) {
      const codes = document.hidden ? [] : await detector.detect(this.#video).catch(() => []);
      for (const { rawValue } of codes) if (rawValue) this.#onCode(rawValue);
      await pause(BETWEEN_LOOKS_MS);
    }
  }
}

/** @param {string} wasmUrl */
async function decoder(wasmUrl) {
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill');
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });
  return new BarcodeDetector({ formats: ['qr_code'] });
}
