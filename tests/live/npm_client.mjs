// The client of npm, as it is, driven through what the protocol knows: `node npm_client.mjs URL CASE [CONFERENCE AFTER]`.
// Prints one line of JSON: what came of the case. `do` takes steps of the bare application (bare_app.py).
import { NodeWebSocket, NodeXHR } from "engine.io-client";
import { io } from "socket.io-client";

const [, , url, name] = process.argv;
const POLLING = { transports: ["polling"] };
const WEBSOCKET = { transports: ["websocket"] };

/**
 * @param {...unknown[]} steps
 * @returns {Promise<{here: string[], said: Record<string, unknown[]>, answers: Record<string, unknown[]>, left: string[][]}>}
 */
async function take(...steps) {
  const answer = await fetch(`${url}/do`, { method: "POST", body: JSON.stringify(steps) });
  return answer.json();
}

/** @param {object} options */
function client(options) {
  return io(url, { auth: { name: "npm" }, reconnectionDelay: 50, reconnectionDelayMax: 100, forceNew: true, ...options });
}

/**
 * @param {{once: (event: any, listener: (...heard: any[]) => void) => unknown}} emitter
 * @param {string} event
 * @returns {Promise<any>}
 */
function once(emitter, event) {
  return new Promise((resolve) => emitter.once(event, (...heard) => resolve(heard)));
}

/** @param {import("socket.io-client").Socket} socket */
async function connected(socket) {
  if (!socket.connected) await once(socket, "connect");
}

/** @param {import("socket.io-client").Socket} socket */
function transport(socket) {
  return socket.io.engine.transport.name;
}

/**
 * @param {string} what
 * @param {() => unknown} holds
 */
async function until(what, holds) {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 4000) throw new Error(`not within 20 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** @param {object} options */
async function acknowledgements(options) {
  const socket = client(options);
  socket.on("question", (question, answer) => answer("heard", ...question));
  await connected(socket);
  const notes = /** @type {unknown[]} */ ([]);
  socket.on("noted", (noted) => notes.push(noted));
  const acknowledged = [];
  for (const said of [["a"], [1, null], [{ deep: ["가"] }]]) {
    acknowledged.push(await socket.emitWithAck("say", ...said));
  }
  await Promise.all([1, 2, 3].map((number) => socket.emitWithAck("say", number)));
  let { answers } = await take(["ask", "npm", "who", 7]);
  while (!answers.npm.length) ({ answers } = await take());
  socket.disconnect();
  return { acknowledged, notes, answers: answers.npm };
}

/** @param {object} options */
async function binary(options) {
  const socket = client(options);
  const noted = once(socket, "noted");
  await connected(socket);
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const [word, back, more] = await socket.emitWithAck("say", "bytes", bytes, { in: [bytes.subarray(3, 5)] });
  const [[, again]] = await noted;
  socket.disconnect();
  return { word, back: [...back], again: [...again], more: [...more.in[0]] };
}

/**
 * @param {import("socket.io-client").Socket} socket
 * @returns {number[]} grows while the socket hears facts, and what it alone is told
 */
function numbers(socket) {
  const heard = /** @type {number[]} */ ([]);
  socket.on("fact", (fact) => heard.push(fact.n));
  socket.on("told", (told) => heard.push(told.n));
  return heard;
}

/** @param {object} options */
async function following(options) {
  const socket = client(options);
  const heard = numbers(socket);
  await connected(socket);
  for (let number = 0; number < 300; number += 3) {
    await take(["fact", number, 300], ["tell", "npm", number + 1, 20], ["fact", number + 2, 0]);
  }
  await until("everything heard", () => heard.length >= 300);
  const by = transport(socket);
  socket.disconnect();
  return { by, heard };
}

/** Clients that hear facts by polling, open their WebSocket while facts go on, and hear as many there. */
async function upgrading() {
  const clients = Array.from({ length: 8 }, (_, place) => {
    const heard = /** @type {number[]} */ ([]);
    class Later extends NodeWebSocket {
      /** @override */
      doOpen() {
        until("facts heard by polling", () => heard.length > 3 * place).then(() => super.doOpen());
        return this;
      }
    }
    const socket = client({ auth: { name: `npm-${place}` }, transports: [NodeXHR, Later] });
    socket.on("fact", (fact) => heard.push(fact.n));
    const upgraded = once(socket.io.engine, "upgrade").then(() => heard.length);
    return { socket, heard, upgraded };
  });
  await Promise.all(clients.map(({ socket }) => connected(socket)));
  let number = 0;
  let done = false;
  const all = Promise.all(clients.map(({ upgraded }) => upgraded)).then((heard) => {
    done = true;
    return heard;
  });
  for (let more = 10; more > 0; more -= Number(done)) await take(["fact", number++, 300], ["fact", number++, 0]);
  const before = await all;
  await until("everything heard", () => clients.every(({ heard }) => heard.at(-1) === number - 1));
  const result = clients.map(({ socket, heard }, place) => ({
    by: transport(socket),
    before: before[place],
    after: heard.length - before[place],
    heard,
  }));
  for (const { socket } of clients) socket.disconnect();
  return { sent: number, clients: result };
}

/** @param {object} options */
async function reconnecting(options) {
  const socket = client(options);
  await connected(socket);
  const first = socket.id;
  const lost = once(socket, "disconnect");
  const back = once(socket, "connect");
  socket.io.engine.close();
  const [reason] = await lost;
  await back;
  const heard = once(socket, "fact");
  await take(["fact", 1, 0]);
  const [fact] = await heard;
  socket.disconnect();
  return { reason, another: socket.id !== first, fact: fact.n };
}

/** @param {object} options */
async function closing(options) {
  const socket = client({ reconnection: false, ...options });
  await connected(socket);
  const lost = once(socket, "disconnect");
  await take(["tell", "npm", 1, 0], ["close", "npm"]);
  const [byServer] = await lost;
  const again = socket.connect();
  await connected(again);
  const gone = once(again, "disconnect");
  again.disconnect();
  const [byClient] = await gone;
  while ((await take()).here.includes("npm"));
  return { byServer, byClient };
}

/**
 * Follow a stream of the hub itself, as a page does, until the line of input says up to which number.
 *
 * @param {object} options
 */
async function hub(options) {
  const auth = { conf: process.argv[4], stream: "public", after: Number(process.argv[5]) };
  const socket = client({ auth, extraHeaders: { origin: url }, ...options });
  const heard = /** @type {number[]} */ ([]);
  socket.on("entries", (/** @type {{seq: number}[]} */ entries) => heard.push(...entries.map(({ seq }) => seq)));
  await Promise.all([once(socket, "heartbeat"), connected(socket)]);
  console.log("following");
  const [line] = await once(process.stdin, "data");
  await until(`entry ${line}`, () => heard.at(-1) === Number(line));
  const by = transport(socket);
  socket.disconnect();
  return { by, heard };
}

/** @type {Record<string, () => Promise<unknown>>} */
const CASES = {
  "acknowledgements-polling": () => acknowledgements(POLLING),
  "acknowledgements-websocket": () => acknowledgements(WEBSOCKET),
  "acknowledgements-both": () => acknowledgements({}),
  "binary-polling": () => binary(POLLING),
  "binary-websocket": () => binary(WEBSOCKET),
  "binary-both": () => binary({}),
  "following-polling": () => following(POLLING),
  "following-websocket": () => following(WEBSOCKET),
  upgrading,
  "reconnecting-polling": () => reconnecting(POLLING),
  "reconnecting-websocket": () => reconnecting(WEBSOCKET),
  "closing-polling": () => closing(POLLING),
  "closing-websocket": () => closing(WEBSOCKET),
  "hub-polling": () => hub(POLLING),
  "hub-websocket": () => hub(WEBSOCKET),
  "hub-both": () => hub({}),
};

const stop = setTimeout(() => {
  console.error("not done within 60 s");
  process.exit(2);
}, 60_000);
console.log(JSON.stringify(await CASES[name]()));
clearTimeout(stop);
process.exit(0);
