/** The plan's editor: segments, lanes and cues as a sheet or on an axis of time, saved by itself, by several people at once. */
import { Board, USUAL_ZOOM, ZOOMS } from '#hub/agenda/editor/board.js';
import { CuePanel } from '#hub/agenda/editor/cue-panel.js';
import { Draft } from '#hub/agenda/editor/draft.js';
import { firstPlan } from '#hub/agenda/editor/first-plan.js';
import { lanePanel, segmentPanel } from '#hub/agenda/editor/frame-panels.js';
import { HeldList } from '#hub/agenda/editor/held-list.js';
import { KeptSteps } from '#hub/agenda/editor/kept.js';
import { askSteps } from '#hub/agenda/editor/left-steps.js';
import { findLane, same } from '#hub/agenda/editor/model.js';
import { presence } from '#hub/agenda/editor/presence.js';
import { problemPanel } from '#hub/agenda/editor/problem-panel.js';
import { publishDialog } from '#hub/agenda/editor/publish-dialog.js';
import { rowKeys } from '#hub/agenda/editor/row-keys.js';
import { Saver } from '#hub/agenda/editor/saver.js';
import { planServer } from '#hub/agenda/editor/server.js';
import { storage, tabName } from '#hub/agenda/editor/shelf.js';
import { Sheet } from '#hub/agenda/editor/sheet.js';
import { statusBar } from '#hub/agenda/editor/status-bar.js';
import { toolbar } from '#hub/agenda/editor/toolbar.js';
import { Workspace } from '#hub/agenda/editor/workspace.js';
import { connect } from '#hub/live/connection.js';
import { connectionStatus } from '#hub/live/status.js';
import { Store } from '#hub/live/store.js';
import { announce, notify } from '#hub/web/announce.js';
import { need, pageData } from '#hub/web/dom.js';
import { onSignedIn } from '#hub/web/signed-in.js';
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/agenda/editor/toolbar.js').Mode} Mode */

/** @type {import('#hub/agenda/editor/workspace.js').Settings} */
const settings = pageData();
const api = `/api/v1/c/${encodeURIComponent(settings.conf)}`;
const server = planServer(api);
const draft = new Draft();
const store = new Store();
const shelf = storage();
const kept = new KeptSteps(shelf, { conf: settings.conf, tab: tabName(), actor: settings.actor });
const narrow = matchMedia('(max-width: 48rem)');
/** Documents of what stands around the plan. */
const AROUND = /^(room|award|level)\//;
const REST_MS = 1_000;
let loaded = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let looking;
/** @type {Mode} */
let mode = shelf?.getItem('plan-view') === 'axis' ? 'axis' : 'sheet';
/** @type {string | null} */
let panel = matchMedia('(min-width: 80rem)').matches ? 'cue' : null;

const space = new Workspace(draft, settings, { draw, save });
const saver = new Saver(draft, server, {
  onChange: () => {
    kept.keep(unsent(), Date.now());
    draw();
  },
  onHeld: (held) => space.sayHeld(held[0].step.name),
  onRefused: () => {},
  onOthers: (by) => {
    space.by = by;
    announce(by ? t('{name} 님이 계획을 바꿨습니다.', { name: by }) : t('다른 사람이 계획을 바꿨습니다.'));
  },
});

const view = () => (mode === 'axis' ? board : sheet);
const keys = rowKeys(space, view);
const sheet = new Sheet(space, keys);
const board = new Board(space, keys);
board.zoom = ZOOMS[Number(shelf?.getItem('plan-zoom') ?? USUAL_ZOOM)] ?? ZOOMS[USUAL_ZOOM];
const panels = /** @type {Record<string, {element: HTMLElement, draw: () => void, focus?: () => void}>} */ ({
  cue: new CuePanel(space, view),
  segments: segmentPanel(space),
  lanes: lanePanel(space),
  problems: problemPanel(space, ({ cue, lane }) => goTo(cue, lane)),
});
const held = new HeldList(space, save);
const drawStatus = statusBar(space, saver);
const drawFirst = firstPlan(space);
const drawTools = toolbar(space, {
  mode: () => mode,
  show,
  zoom,
  panel: (name) => openPanel(panel === name ? null : name, panel !== name),
  panelShown: () => panel,
  publish: () => void publishing(),
  unpublished: () => store.get('plan') !== undefined && store.get('plan')?.published_revision !== draft.revision,
  narrow: () => narrow.matches,
});
space.details = () => openPanel('cue', true);
space.showHeld = () => {
  space.closeNotice();
  held.element.focus();
};
space.closePanel = () => openPanel(null, false);
space.nothingLeft = () => {
  drawFirst();
  need('#first-lane').focus();
};
space.reveal = (id) => view().focusCue(id, { edit: true });

need('#held').append(held.element);
need('#plan').append(sheet.element, board.element);
need('#panel-body').append(...Object.values(panels).map((one) => one.element));
need('#panel-close').addEventListener('click', () => openPanel(null, false));
need('#panel').addEventListener('keydown', ({ key, isComposing }) => key === 'Escape' && !isComposing && openPanel(null, false));

const moved = presence({
  tell: (at) => server.tell(at),
  at: () => space.selected,
  onOthers: (others) => {
    if (same(others.map(shown), space.others.map(shown))) return;
    space.others = others;
    draw();
  },
  after: (ms, fn) => {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
});

void begin();

async function begin() {
  draft.revision = -1;
  const fetchPlan = server.fetchPlan;
  server.fetchPlan = async () => around(await fetchPlan());
  const left = kept.take(Date.now());
  await saver.load();
  if (left.length > 0) await offer(left);
  connect({ conf: settings.conf, stream: 'operator', store, onState: connectionStatus({ zone: settings.zone }) });
  store.subscribe((changed) => {
    const plan = store.get('plan');
    if (plan) saver.exists(plan.revision);
    if (loaded && [...changed].some((key) => AROUND.test(key))) lookAround();
    loaded = true;
    draw();
  });
  setInterval(() => kept.keep(unsent(), Date.now()), 5_000);
}

/**
 * Take in what stands around the plan: rooms, and the awards that hang on its cues.
 * @param {any} plan as fetched, null when no answer came
 */
function around(plan) {
  if (plan) [space.rooms, space.loads, space.days] = [plan.rooms, plan.loads, plan.days];
  return plan;
}

/** Rooms or awards changed: ask for them once they rest. */
function lookAround() {
  clearTimeout(looking);
  looking = setTimeout(async () => {
    await server.fetchPlan();
    draw();
  }, REST_MS);
}

/**
 * Steps that an earlier page did not get sent: send them, or let them go.
 * @param {import('#hub/agenda/editor/changes.js').Step[]} left
 */
async function offer(left) {
  if (await askSteps(left)) {
    draft.pending.push(...left);
    draft.rebase(draft.base, draft.revision);
    save();
  } else kept.keep([], Date.now());
  draw();
}

/** @param {import('#hub/agenda/editor/workspace.js').Other} other */
function shown({ actor, label, at }) {
  return { actor, label, at };
}

function unsent() {
  return [...draft.pending, ...draft.held.map(({ step }) => step)];
}

function save() {
  kept.keep(unsent(), Date.now());
  saver.save();
}

function draw() {
  space.narrow = narrow.matches;
  space.unsaved = draft.unsaved;
  if (narrow.matches && !findLane(draft.content, space.lane)) space.lane = draft.content.lanes[0]?.id ?? null;
  sheet.element.hidden = mode !== 'sheet';
  board.element.hidden = mode !== 'axis';
  view().draw();
  for (const [name, one] of Object.entries(panels)) {
    one.element.hidden = name !== panel;
    if (name === panel) one.draw();
  }
  need('#panel').hidden = panel === null;
  need('#editor').toggleAttribute('data-panel-open', panel !== null);
  held.draw();
  drawFirst();
  drawStatus();
  drawTools();
  moved?.();
}

/** @param {Mode} next */
function show(next) {
  sheet.commit();
  mode = next;
  shelf?.setItem('plan-view', mode);
  draw();
}

/** @param {-1 | 1} by */
function zoom(by) {
  const index = Math.max(0, Math.min(ZOOMS.length - 1, ZOOMS.indexOf(board.zoom) + by));
  board.zoom = ZOOMS[index];
  shelf?.setItem('plan-zoom', String(index));
  draw();
}

/**
 * @param {string | null} name
 * @param {boolean} focus
 */
function openPanel(name, focus) {
  const before = panel;
  panel = name;
  draw();
  if (name === null) {
    const button = /** @type {HTMLElement | null} */ (document.querySelector(`[data-panel="${before}"]`));
    if (space.selected !== null && before === 'cue') view().focusCue(space.selected);
    else button?.focus();
  } else if (focus) {
    if (panels[name].focus && space.cue) panels[name].focus?.();
    else need('#panel').focus();
  }
}

/**
 * Lead to what a problem is about.
 * @param {string | null} cue
 * @param {string} lane
 */
function goTo(cue, lane) {
  if (space.lane !== null) space.lane = lane;
  if (narrow.matches) panel = null;
  draw();
  if (cue !== null) view().focusCue(cue);
  else sheet.focusNew(lane);
}

async function publishing() {
  sheet.commit();
  if (saver.open || draft.held.length > 0) return void notify(t('아직 저장하지 않은 것이 있습니다. 저장한 뒤 공개해 주세요.'), { kind: 'bad' });
  await publishDialog(space, { api, plan: () => store.get('plan'), changes: server.changes });
}

document.addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector('dialog[open]')) return;
  const typing = sheet.dirty || (event.target instanceof HTMLElement && event.target.matches('#panel input, #panel textarea'));
  if (typing) return;
  if (event.code === 'KeyZ' && !event.shiftKey) space.undo();
  else if (event.code === 'KeyY' || (event.code === 'KeyZ' && event.shiftKey)) space.redo();
  else return;
  event.preventDefault();
});
narrow.addEventListener('change', draw);
window.addEventListener('pagehide', leave);
window.addEventListener('beforeunload', (event) => {
  leave();
  if (unsent().length > 0) event.preventDefault();
});
window.addEventListener('online', () => saver.resume());
window.addEventListener('focus', () => saver.resume());
onSignedIn(() => saver.resume());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && saver.resume());

/** Keep what is typed and not committed. */
function leave() {
  sheet.commit();
  if (document.activeElement instanceof HTMLElement && document.activeElement.closest('#panel')) document.activeElement.blur();
  kept.keep(unsent(), 0);
}
