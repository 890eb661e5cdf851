/** Trying camera and microphone: what works, and what is wrong in words. Nothing of it leaves the browser. */
import { t } from '#hub/web/i18n.js';

/** @typedef {'video' | 'audio'} Kind */
/** @typedef {Pick<MediaDevices, 'getUserMedia'>} Media */
/** @typedef {{tracks: MediaStreamTrack[], problems: string[]}} Opened */

/** A level above this is a voice, below it the noise of a quiet room. */
const VOICE = 0.04;

/**
 * Ask for both at once, so that the browser asks once; where that fails ask for each, to know which one it is.
 * @param {Media | undefined} media undefined where the browser has none
 * @returns {Promise<Opened>}
 */
export async function openDevices(media) {
  if (!media) return { tracks: [], problems: [t('이 브라우저나 연결에서는 카메라와 마이크를 쓸 수 없습니다. 주소가 https로 시작하는지 확인해 주세요.')] };
  const both = await media.getUserMedia({ video: true, audio: true }).catch(() => null);
  if (both) return { tracks: both.getTracks(), problems: [] };
  /** @type {Opened} */
  const opened = { tracks: [], problems: [] };
  for (const kind of /** @type {Kind[]} */ (['video', 'audio'])) {
    try {
      opened.tracks.push(...(await media.getUserMedia({ [kind]: true })).getTracks());
    } catch (error) {
      opened.problems.push(problemWords(kind, error));
    }
  }
  return opened;
}

/**
 * @param {Kind} kind
 * @param {unknown} error
 */
export function problemWords(kind, error) {
  const device = kind === 'video' ? t('카메라') : t('마이크');
  switch (error instanceof Error || error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return t('{device}: 사용이 막혀 있습니다. 주소창 옆의 사이트 설정에서 허용해 주세요.', { device });
    case 'NotFoundError':
    case 'OverconstrainedError':
      return t('{device}: 찾지 못했습니다. 연결되어 있는지 확인해 주세요.', { device });
    case 'NotReadableError':
    case 'AbortError':
      return t('{device}: 다른 프로그램이 쓰고 있을 수 있습니다. 그 프로그램을 닫고 다시 시도해 주세요.', { device });
    default:
      return t('{device}: 켜지 못했습니다. 다시 시도해 주세요.', { device });
  }
}

/**
 * How loud a moment of sound is, from 0 to 1.
 * @param {ArrayLike<number>} samples from 0 to 255 around 128
 */
export function levelOf(samples) {
  let sum = 0;
  for (let index = 0; index < samples.length; index += 1) sum += ((samples[index] - 128) / 128) ** 2;
  return samples.length === 0 ? 0 : Math.min(1, Math.sqrt(sum / samples.length) * 2);
}

/** @param {number} level */
export function isVoice(level) {
  return level > VOICE;
}
