/** Windows of this browser tell each other that somebody signed in, so that one that waits for it goes on. */

const CHANNEL = 'hub/signed-in';

/**
 * Call `go` whenever somebody signed in in a window that was opened for it.
 * @param {() => void} go
 */
export function onSignedIn(go) {
  new BroadcastChannel(CHANNEL).addEventListener('message', go);
}

/** Tell the other windows that somebody signed in. */
export function tellSignedIn() {
  new BroadcastChannel(CHANNEL).postMessage('');
}
