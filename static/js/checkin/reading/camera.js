/** Reading QR codes with the device's camera; the decoder (WebAssembly) is loaded when it is started the first time. */
import { pause } from '#hub/web/backoff.js';

/** @typedef {{rawValue: string, boundingBox: {x: number}}} Sight one code in a picture */

const BETWEEN_LOOKS_MS = 80;
/** A picture that has not moved for so long stands still. */
const STILL_MS = 3_000;
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
  #on;
  /** @type {MediaStream | null} */
  #stream = null;

  /**
   * @param {HTMLVideoElement} video
   * @param {string} wasmUrl
   * @param {{codes: (texts: string[]) => void, lost: () => void}} on `codes`: what one picture shows, from left to right, as often as
   * it is seen; `lost`: the picture does not move any more
   */
  constructor(video, wasmUrl, on) {
    this.#video = video;
    this.#wasmUrl = wasmUrl;
    this.#on = on;
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
    void this.#look(detector, stream);
  }

  stop() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#video.srcObject = null;
  }

  /**
   * Go on after the page was hidden: phones pause the picture, or take the camera away. Rejects when it cannot be had again.
   * @param {{anew?: boolean}} [options] `anew`: ask for the camera again in any case
   */
  async resume({ anew = false } = {}) {
    if (!this.#stream) return;
    if (anew || this.#isTaken()) {
      this.stop();
      await this.start();
    } else if (this.#video.paused) {
      await this.#video.play();
    }
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

  #isTaken() {
    const tracks = this.#stream?.getVideoTracks() ?? [];
    return tracks.every(({ readyState, muted }) => readyState === 'ended' || muted);
  }

  /**
   * @param {{detect: (source: HTMLVideoElement) => Promise<Sight[]>}} detector
   * @param {MediaStream} stream
   */
  async #look(detector, stream) {
    const movement = new Movement();
    while (this.#stream === stream) {
      const sights = document.hidden ? [] : await detector.detect(this.#video).catch(() => []);
      if (this.#stream !== stream) return;
      const texts = sights.sort((a, b) => a.boundingBox.x - b.boundingBox.x).map(({ rawValue }) => rawValue);
      if (texts.some(Boolean)) this.#on.codes(texts.filter(Boolean));
      if (!document.hidden && movement.stopped(this.#video.currentTime, performance.now())) this.#on.lost();
      if (document.hidden) movement.again();
      await pause(BETWEEN_LOOKS_MS);
    }
  }
}

/** Watches a film's time; it says once that the film stands still, and again after it moved. */
export class Movement {
  #time = -1;
  #since = Infinity;
  #said = false;

  /**
   * @param {number} time of the film
   * @param {number} now ms
   */
  stopped(time, now) {
    if (time !== this.#time) {
      [this.#time, this.#since, this.#said] = [time, now, false];
      return false;
    }
    if (this.#said || now - this.#since < STILL_MS) return false;
    this.#said = true;
    return true;
  }

  /** Begin to watch anew: nobody looked meanwhile. */
  again() {
    [this.#time, this.#since, this.#said] = [-1, Infinity, false];
  }
}

/** @param {string} wasmUrl */
async function decoder(wasmUrl) {
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill');
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });
  return new BarcodeDetector({ formats: ['qr_code'] });
}
