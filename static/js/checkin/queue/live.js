/** A request that must be answered now: what staff overrule is never kept on a device to be sent later. */
import { asSent } from '#hub/checkin/queue/scan.js';
import { post } from '#hub/checkin/queue/posting.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/web/commands.js').Answer} Answer */

const TRIES = 3;
const PAUSE_MS = 1_000;

/**
 * Send a scan a few times, under one id, and give up in words.
 * @param {string} url
 * @param {import('#hub/checkin/queue/scan.js').Scan} scan
 * @param {import('#hub/checkin/queue/environment.js').Environment} environment
 * @returns {Promise<{phase: 'confirmed' | 'refused', answer: Answer}>}
 */
export async function sendLive(url, scan, environment) {
  for (let tries = 0; tries < TRIES && environment.online(); tries += 1) {
    if (tries > 0) await environment.wait(PAUSE_MS);
    const body = asSent(scan.record, environment.now(), environment.clock.offset);
    const outcome = await post(url, body, new AbortController().signal, environment);
    if (outcome.kind === 'answer' || outcome.kind === 'signed_out') return { phase: outcome.answer.ok ? 'confirmed' : 'refused', answer: outcome.answer };
  }
  return { phase: 'refused', answer: { ok: false, status: 0, code: 'unreached', data: null, message: unreached() } };
}

function unreached() {
  return t('서버에 닿지 않아 담당자 판단을 확인하지 못했습니다. 연결되면 다시 스캔해 주세요.');
}
