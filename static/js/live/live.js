/** The live page: what is on now, what comes next, who received awards, and what happened while the viewer was away. */
import { announce, hush } from '#hub/web/announce.js';
import { el, need, pageData, renderList, setText } from '#hub/web/dom.js';
import { Store } from '#hub/live/store.js';
import { happened, remember, withAwardsOf } from '#hub/live/absence.js';
import { eventLine } from '#hub/live/absence-words.js';
import { announcement, isNews, isWithdrawal } from '#hub/live/announcing.js';
import { countWords, drawLevels } from '#hub/awards/list.js';
import { newest } from '#hub/awards/revealed.js';
import { drawAwardCards, laneAwards } from '#hub/live/award-cards.js';
import { closingOf } from '#hub/live/closing.js';
import { closingPage } from '#hub/live/closing-page.js';
import { drawLaneCards } from '#hub/live/lane-cards.js';
import { timeWords } from '#hub/live/audience-words.js';
import { besideOf, laneViews, wholeFinish } from '#hub/agenda/lanes.js';
import { followDay } from '#hub/live/follow.js';
import { programmeNews } from '#hub/live/programme-news.js';
import { messageArea } from '#hub/messages/area.js';
import { Player } from '#hub/live/player.js';
import { SoonNotice } from '#hub/awards/soon.js';
import { ApplauseButton } from '#hub/live/applause.js';
import { Behind } from '#hub/screens/behind.js';
import { Attention } from '#hub/live/attention.js';
import { tellWatching } from '#hub/live/watching.js';
import { t } from '#hub/web/i18n.js';
import { clock, localNow, serverNow } from '#hub/web/time.js';

/** The missed entries need a moment to arrive after the connection is back. */
const CATCH_UP_MS = 1_500;
/** What is as late as the broadcast that is watched; messages, channels and the programme are not. */
const WAITING = /^(lane|cue|award|group)\/|^ceremony$/;

/** @type {import('#hub/live/player.js').Page & {elsewhere: boolean}} `elsewhere`: a guest who takes part from there */
const page = pageData();
const { conf, zone } = page;
const player = new Player(need('#video'), page, () => behind.check());
const behind = new Behind({ delay: (known) => player.delayOf(known.all('channel/')), waits: (key) => WAITING.test(key) });
let before = remember(new Store());
/** @type {{before: import('#hub/live/absence.js').Memory, after: import('#hub/live/absence.js').Memory} | null} */
let absence = null;

const drawMessages = messageArea({ audience: 'public', place: need('main') });
const drawClosing = closingPage(need('#closing'), page);
const drawNews = programmeNews(need('#programme-changed'), zone);
const attention = new Attention({
  onLeave: () => {
    before = remember(store);
  },
  onReturn: () => setTimeout(showAbsence, CATCH_UP_MS),
});

/** @type {import('#hub/live/link.js').Link | undefined} */
let link;
const applause = new ApplauseButton({ place: need('#applause'), conf, tell: (event, data) => link?.tell(event, data) });
const soon = new SoonNotice({ place: need('#soon'), conf });
const watching = tellWatching(() => link, document);

const store = followDay({
  conf,
  stream: 'public',
  zone,
  behind,
  draw,
  drawMore,
  on: { applause: (doc) => applause.heard(doc), soon: (doc) => soon.draw(doc) },
  onLink: (made) => {
    link = made;
  },
  onState: (state) => {
    attention.connection(state, localNow());
    applause.connection(state);
    if (state === 'live') watching.connected();
    soon.ask(page.elsewhere && state === 'polling');
  },
  onEntries: (entries) => {
    if (entries.some(isWithdrawal)) hush();
    const news = entries.filter((entry) => isNews(entry, behind.now, clock));
    const words = news.map((entry) => announcement(entry, store, behind.now, zone));
    for (const line of words) if (line) announce(line);
  },
});

document.addEventListener('visibilitychange', () => attention.seen(document.visibilityState === 'visible', localNow()));
need('#absence-close').addEventListener('click', () => {
  absence = null;
  drawAbsence(store);
});

/**
 * @param {Store} known
 * @param {number} now
 */
function draw(known, now) {
  const views = laneViews(known, now);
  const awards = laneAwards(known, views);
  drawLaneCards(need('#lanes'), views, zone, { awarding: new Set(awards.map(({ view }) => view.lane.id)), late_ms: behind.ms });
  drawFinish(wholeFinish(views), besideOf(views).real);
  drawWatching(known.get('watching')?.about);
  const closing = closingOf(known, views, now, zone);
  need('#live').dataset.closing = closing?.kind ?? '';
  need('#now').hidden = closing !== null;
  drawClosing(closing, known, now);
  drawNews(known.get('programme'));
  drawMessages(known, serverNow());
  drawCeremony(awards);
  player.draw(known.all('channel/'));
  applause.draw(known);
}

/** @param {Store} known */
function drawMore(known) {
  drawAwards(known);
  drawAbsence(known);
}

/**
 * When all is over. An audience is not told that it may go early: what is ahead of the plan is on time.
 * @param {{planned: number, projected: number} | null} finish
 * @param {number} beside
 */
function drawFinish(finish, beside) {
  need('#finish').hidden = finish === null;
  if (finish) setText(need('#finish-at'), timeWords(Math.max(finish.planned, finish.projected), finish.planned, beside, zone));
}

/** @param {number | undefined} about a round number of those who follow from elsewhere */
function drawWatching(about) {
  need('#watching').hidden = about === undefined;
  if (about !== undefined) setText(need('#watching'), t('온라인으로 {about}명 이상 함께 보고 있습니다', { about }));
}

/** @param {import('#hub/live/award-cards.js').LaneAward[]} shown */
function drawCeremony(shown) {
  need('#live').toggleAttribute('data-ceremony', shown.length > 0);
  need('#ceremony').hidden = shown.length === 0;
  drawAwardCards(need('#stages'), shown);
}

/** @param {Store} known */
function drawAwards(known) {
  const ceremony = known.get('ceremony');
  need('#awards-none').hidden = newest(known.all('award/')) !== null;
  setText(need('#awards-count'), ceremony ? countWords(ceremony.revealed, ceremony.total) : '');
  drawLevels(need('#levels'), known);
}

function showAbsence() {
  absence = { before, after: remember(store) };
  drawAbsence(store);
  if (!need('#absence').hidden) announce(need('#absence-title').textContent ?? '');
}

/** @param {Store} known */
function drawAbsence(known) {
  const events = absence ? happened(absence.before, withAwardsOf(absence.after, known)) : [];
  const lines = events.map((event) => eventLine(event, zone, serverNow()));
  need('#absence').hidden = lines.length === 0;
  renderList(need('#absence-list'), lines, ({ time, words }) => `${time} ${words}`, ({ time, words }) =>
    el('li', null, el('time', { class: 'quiet' }, time), el('span', null, words)),
  );
}
