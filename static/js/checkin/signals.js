/**
 * A verdict for ear and hand: two rising tones for yes, two falling ones for leaving, a repeated middle one for a question, one low for no,
 * a soft double one for a badge that only this device knows. Each answer to somebody who stands here sounds: one that comes while another sounds
 * waits for its end. Answers to earlier scans share one sound, so that the next person's is heard at once.
 */

/** @typedef {'good' | 'left' | 'warn' | 'bad' | 'wait' | 'local'} Sound */

/** @type {Record<Sound, {notes: [number, number][], vibration: number[]}>} notes: [Hz, ms] */
const SIGNALS = {
  good: { notes: [[880, 90], [1320, 140]], vibration: [80] },
  left: { notes: [[1175, 90], [784, 160]], vibration: [50, 50, 50] },
  warn: { notes: [[620, 110], [0, 60], [620, 110]], vibration: [90, 70, 90] },
  bad: { notes: [[190, 420]], vibration: [400] },
  wait: { notes: [[440, 60]], vibration: [30, 50, 30] },
  local: { notes: [[740, 70], [0, 40], [740, 70], [0, 40], [740, 70]], vibration: [40, 40, 40, 40, 40] },
};
const LOUDNESS = 0.25;
const EDGE_S = 0.01;
const GAP_S = 0.12;
/** More than so much in line is not played: it would speak of people who have passed long ago. */
const LONGEST_LINE_S = 2.5;

/** Late answers that come within so much of each other are one sound, after those of the people who stand here. */
const GATHER_MS = 1_000;
/** @type {Sound[]} what weighs most comes first */
const BY_WEIGHT = ['bad', 'warn', 'local', 'good', 'left', 'wait'];

/** @type {AudioContext | null} */
let audio = null;
/** When the last sound ends, by the clock of `audio` (s). */
let free = 0;

/** Allow sound: browsers want it asked for by a touch or a key. Resolves when it is allowed. */
export async function wakeSound() {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') await audio.resume();
}

/** @type {Set<Sound>} */
const late = new Set();

/**
 * Sound for an answer to a scan of some time ago: once for all that come together, by what weighs most.
 * @param {Sound} sound
 */
export function signalLate(sound) {
  if (late.size === 0) setTimeout(soundLate, GATHER_MS);
  late.add(sound);
}

function soundLate() {
  const first = BY_WEIGHT.find((sound) => late.has(sound));
  late.clear();
  if (first) signal(first);
}

/** @param {Sound} sound */
export function signal(sound) {
  const { notes, vibration } = SIGNALS[sound];
  navigator.vibrate?.(vibration);
  if (audio?.state !== 'running') return;
  const start = Math.max(audio.currentTime, free + GAP_S);
  const urgent = sound === 'bad' || sound === 'warn';
  if (urgent || start - audio.currentTime < LONGEST_LINE_S) free = play(audio, notes, start);
}

/**
 * @param {AudioContext} context
 * @param {[number, number][]} notes
 * @param {number} start when it begins, by the context's clock (s)
 * @returns {number} when it ends
 */
function play(context, notes, start) {
  for (const [hertz, ms] of notes) {
    const end = start + ms / 1000;
    if (hertz > 0) tone(context, hertz, start, end);
    start = end;
  }
  return start;
}

/**
 * @param {AudioContext} context
 * @param {number} hertz
 * @param {number} start
 * @param {number} end
 */
function tone(context, hertz, start, end) {
  const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: hertz });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + EDGE_S);
  volume.gain.setValueAtTime(LOUDNESS, end - EDGE_S);
  volume.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(end);
}
