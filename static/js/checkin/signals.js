/** A verdict for ear and hand: two rising tones for yes, a repeated middle one for a question, one low for no. */

/** @typedef {'good' | 'warn' | 'bad' | 'wait'} Tone */

/** @type {Record<Tone, {notes: [number, number][], vibration: number[]}>} notes: [Hz, ms] */
const SIGNALS = {
  good: { notes: [[880, 90], [1320, 140]], vibration: [80] },
  warn: { notes: [[620, 110], [0, 60], [620, 110]], vibration: [90, 70, 90] },
  bad: { notes: [[190, 420]], vibration: [400] },
  wait: { notes: [[440, 60]], vibration: [30, 50, 30] },
};
const LOUDNESS = 0.25;
const EDGE_S = 0.01;

/** @type {AudioContext | null} */
let audio = null;

/** Allow sound: browsers want it asked for by a touch or a key. */
export function wakeSound() {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') void audio.resume();
}

/** @param {Tone} tone */
export function signal(tone) {
  const { notes, vibration } = SIGNALS[tone];
  navigator.vibrate?.(vibration);
  if (audio?.state === 'running') play(audio, notes);
}

/**
 * @param {AudioContext} context
 * @param {[number, number][]} notes
 */
function play(context, notes) {
  let start = context.currentTime;
  for (const [hertz, ms] of notes) {
    const end = start + ms / 1000;
    if (hertz > 0) sound(context, hertz, start, end);
    start = end;
  }
}

/**
 * @param {AudioContext} context
 * @param {number} hertz
 * @param {number} start
 * @param {number} end
 */
function sound(context, hertz, start, end) {
  const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: hertz });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + EDGE_S);
  volume.gain.setValueAtTime(LOUDNESS, end - EDGE_S);
  volume.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(end);
}
