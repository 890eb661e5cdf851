/** The page on which a recipient elsewhere tries camera and microphone, and learns that they are called soon. */
import { isVoice, levelOf, openDevices } from '#hub/awards/device-check.js';
import { followSoon } from '#hub/awards/soon-page.js';
import { announce } from '#hub/web/announce.js';
import { el, need, pageData, setText } from '#hub/web/dom.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').SoonDoc} SoonDoc */

const LOOK_MS = 100;
/** @type {{conf: string}} */
const { conf } = pageData();
const button = need('#try');
const video = /** @type {HTMLVideoElement} */ (need('#preview'));
const meter = /** @type {HTMLMeterElement} */ (need('#level'));
/** @type {MediaStreamTrack[]} */
let tracks = [];
let stopListening = () => {};

button.hidden = false;
button.addEventListener('click', () => void (tracks.length > 0 ? stop() : start()));
followSoon(conf, drawSoon);

/** @param {SoonDoc} doc */
function drawSoon({ called, ready }) {
  const before = need('.soon-now').hidden;
  need('.soon-not').hidden = called;
  need('.soon-now').hidden = !called || ready;
  need('.soon-ready').hidden = !called || !ready;
  if (before && called && !ready) announce(t('곧 차례입니다'));
}

async function start() {
  button.setAttribute('aria-busy', 'true');
  const opened = await openDevices(navigator.mediaDevices);
  button.removeAttribute('aria-busy');
  tracks = opened.tracks;
  need('#problems').hidden = opened.problems.length === 0;
  need('#problems-list').replaceChildren(...opened.problems.map((words) => el('li', null, words)));
  for (const words of opened.problems) announce(words);
  showPicture(tracks.filter(({ kind }) => kind === 'video'));
  listen(tracks.filter(({ kind }) => kind === 'audio'));
  setText(button, tracks.length > 0 ? t('카메라와 마이크 끄기') : t('다시 시도'));
}

function stop() {
  stopListening();
  for (const track of tracks) track.stop();
  tracks = [];
  showPicture([]);
  need('#sound').hidden = true;
  setText(button, t('카메라와 마이크 켜기'));
}

/** @param {MediaStreamTrack[]} pictures */
function showPicture(pictures) {
  video.hidden = pictures.length === 0;
  video.srcObject = pictures.length > 0 ? new MediaStream(pictures) : null;
  if (pictures.length > 0) void video.play();
}

/** @param {MediaStreamTrack[]} sounds */
function listen(sounds) {
  need('#sound').hidden = sounds.length === 0;
  if (sounds.length === 0) return;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(new MediaStream(sounds)).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  setText(need('#heard'), t('말을 해 보세요. 아직 소리가 들어오지 않습니다.'));
  const looking = setInterval(() => {
    analyser.getByteTimeDomainData(samples);
    meter.value = levelOf(samples);
    if (isVoice(meter.value)) setText(need('#heard'), t('마이크 소리가 잘 들어옵니다.'));
  }, LOOK_MS);
  stopListening = () => {
    clearInterval(looking);
    void context.close();
  };
}
