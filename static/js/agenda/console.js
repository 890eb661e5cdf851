/** The console: the lanes of the day, run by key and button, kept by the operator stream. */
import { announce } from '#hub/web/announce.js';
import { awardsPanel } from '#hub/awards/console.js';
import { Board } from '#hub/agenda/console/board.js';
import { listen } from '#hub/agenda/console/keys.js';
import { LaneCommands } from '#hub/agenda/console/lane-commands.js';
import { consoleLanes } from '#hub/agenda/console/lanes.js';
import { drawLog } from '#hub/agenda/console/log.js';
import { marks } from '#hub/agenda/console/marks.js';
import { send } from '#hub/web/commands.js';
import { need, pageData, setText } from '#hub/web/dom.js';
import { connect } from '#hub/live/connection.js';
import { connectionStatus } from '#hub/live/status.js';
import { Store } from '#hub/live/store.js';
import { announcement } from '#hub/live/announcing.js';
import { clockSeconds, everySecond, localNow, serverNow } from '#hub/web/time.js';

const { conf, zone } = pageData();
const store = new Store();
const board = new Board(need('#lanes'), store, zone, () => awards.render());
const awards = awardsPanel({ store, conf, lane: () => board.chosen });
const link = connect({ conf, stream: 'operator', store, onState: connectionStatus({ zone }) });

board.sendBy(new LaneCommands({ conf, store, send, report: (lane, progress) => board.report(lane, progress), catchUp: () => link.check(), now: localNow }));
const spoken = marks();
listen((action) => board.act(action) || ('letter' in action && awards.key(action.letter)));

store.subscribe((_, entries) => {
  board.draw(serverNow());
  drawLog(need('#log'), need('#log-nothing'), store, zone, serverNow());
  for (const entry of entries) {
    const words = announcement(entry, store, serverNow());
    if (words) announce(words);
  }
});

everySecond((now) => {
  setText(need('#clock'), clockSeconds(now, zone));
  board.draw(now);
  spoken(consoleLanes(store, now)).forEach((words) => announce(words));
});
