/**
 * What an audience needs, on Node's Socket.IO: `node server.mjs PORT JOURNAL`.
 *
 * `POST /press` with an entry tells everybody, under the next number, and answers `{"seq"}`; `GET /head` answers `{"seq"}`.
 * Whoever connects says in its `auth` what it has (`after`) and gets the rest. The journal, a line for each entry, is
 * written without waiting for the disk and read again at the start. Prints `ready` once it listens; ends with its input.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const BACKLOG = 4096;
const ROOM = 'public';

const [port, journal] = process.argv.slice(2);
const kept = existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').filter(Boolean) : [];
const entries = kept.map((line) => JSON.parse(line));

const http = createServer(async (request, response) => {
  if (request.method === 'POST' && request.url === '/press') press(JSON.parse(await bodyOf(request)));
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ seq: entries.length }));
});
const io = new Server(http);

io.on('connection', (socket) => {
  const missed = entries.slice(socket.handshake.auth.after);
  if (missed.length) socket.emit('entries', missed);
  socket.join(ROOM);
});

/** @param {object} entry */
function press(entry) {
  const numbered = { ...entry, seq: entries.length + 1 };
  entries.push(numbered);
  appendFileSync(journal, `${JSON.stringify(numbered)}\n`);
  io.to(ROOM).emit('entries', [numbered]);
}

/** @param {import('node:http').IncomingMessage} request */
async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

process.stdin.on('end', () => process.exit()).resume();
http.listen({ port: Number(port), host: '127.0.0.1', backlog: BACKLOG }, () => console.log('ready'));
