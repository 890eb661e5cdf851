/** The player of the live page: one video, its sources to choose from, and the sign language beside it where there is room. */
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { inOrder } from '#hub/places/channels.js';
import { beside, otherCaptions, playable, shown, sourceWords, watched } from '#hub/places/sources.js';
import { dateTime } from '#hub/web/time.js';

/** @typedef {import('#hub/live/documents.js').ChannelDoc} ChannelDoc */
/** @typedef {import('#hub/places/sources.js').VideoDoc} VideoDoc */
/** @typedef {{conf: string, zone: string, own: string | null, hosts: string[], spoken: Record<string, string>}} Page */

const WIDE = '(min-width: 75rem)';

export class Player {
  /** @type {HTMLElement} */
  #place;
  /** @type {Page} */
  #page;
  /** @type {readonly ChannelDoc[]} */
  #channels = [];
  /** @type {string | null} */
  #chosen = null;
  #wide = matchMedia(WIDE);

  #onWatch;
  #late;

  /**
   * @param {HTMLElement} place what the template has
   * @param {Page} page
   * @param {() => void} onWatch called when another video is watched, or its delay is to count or not
   */
  constructor(place, page, onWatch) {
    this.#place = place;
    this.#page = page;
    this.#onWatch = onWatch;
    this.#late = /** @type {HTMLInputElement} */ (need('input', this.#part('late')));
    this.#late.checked = page.own !== 'hall'; // who sits in the hall sees it there
    this.#late.addEventListener('change', onWatch);
    this.#wide.addEventListener('change', () => this.#redraw());
    this.#part('sources').addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      if (!button) return;
      this.#chosen = button.dataset.source ?? null;
      this.#redraw();
      this.#onWatch();
    });
  }

  /**
   * How late the picture is that the viewer watches, when the page is to be as late (ms).
   * @param {readonly ChannelDoc[]} channels as they are now
   */
  delayOf(channels) {
    if (!this.#late.checked) return 0;
    const ordered = inOrder(channels, this.#page.own);
    const main = shown(playable(ordered, this.#page.hosts).sources, this.#chosen);
    return watched(ordered, main, this.#page.own)?.delay_ms ?? 0;
  }

  /** @param {readonly ChannelDoc[]} channels */
  draw(channels) {
    this.#channels = inOrder(channels, this.#page.own);
    this.#redraw();
  }

  #redraw() {
    const { sources, links } = playable(this.#channels, this.#page.hosts);
    const main = shown(sources, this.#chosen);
    const sign = beside(sources, main, this.#wide.matches);
    need('.player', this.#place).hidden = !main && !this.#channels.some((channel) => channel.has_videos);
    this.#screens(main, sign);
    this.#buttons(sources, main);
    const channel = watched(this.#channels, main, this.#page.own);
    this.#lateness(channel?.delay_ms ?? 0);
    const captions = main ? main.captions_url ?? channel?.captions_url ?? null : null;
    this.#captions(captions);
    this.#links(links, captions);
  }

  /**
   * @param {VideoDoc | null} main
   * @param {VideoDoc | null} sign
   */
  #screens(main, sign) {
    const screens = this.#part('screens');
    screens.toggleAttribute('data-beside', sign !== null);
    frame(need('.player-main', screens), main, this.#page.spoken);
    frame(need('.player-sign', screens), sign, this.#page.spoken);
    need('.player-sign', screens).hidden = sign === null;
    const waiting = this.#part('waiting');
    waiting.hidden = main !== null;
    if (main === null) setText(waiting, waitingWords(this.#channels, this.#page.zone));
  }

  /**
   * @param {VideoDoc[]} sources
   * @param {VideoDoc | null} main
   */
  #buttons(sources, main) {
    const place = this.#part('sources');
    place.hidden = sources.length < 2;
    renderList(
      place,
      sources,
      (video) => video.id,
      (video) => el('button', { type: 'button', class: 'button small', 'data-source': video.id }),
      (button, video) => {
        button.setAttribute('aria-pressed', String(video === main));
        setText(button, sourceWords(video, this.#page.spoken));
      },
    );
  }

  /** @param {number} ms */
  #lateness(ms) {
    this.#part('late').hidden = ms === 0;
    setText(need('span', this.#part('late')), t('발표와 순서를 방송에 맞추어 {n}초 늦게 보기', { n: ms / 1000 }));
  }

  /** @param {string | null} url */
  #captions(url) {
    need('.player-captions', this.#place).hidden = !url;
    if (url) need('.player-captions a', this.#place).setAttribute('href', url);
  }

  /**
   * @param {VideoDoc[]} videos
   * @param {string | null} captions the address below the video
   */
  #links(videos, captions) {
    const ways = this.#channels
      .filter((channel) => channel.url)
      .map((channel) => ({ id: channel.id, href: String(channel.url), words: t('{channel} 참여하기', { channel: text(channel.title) }), own: channel.kind === this.#page.own }));
    const own = this.#channels
      .filter((channel) => channel.open && channel.audience !== 'public' && channel.kind === this.#page.own)
      .map((channel) => ({ id: channel.id, href: `/c/${this.#page.conf}/me#ways`, words: t('{channel}: 내 페이지에서 참여하기', { channel: text(channel.title) }), own: true }));
    const others = videos.map((video) => ({ id: video.id, href: video.url, words: sourceWords(video, this.#page.spoken), own: false }));
    const read = otherCaptions(this.#channels, captions).map(({ channel, url }) => ({ id: `captions ${channel.id}`, href: url, words: t('{channel} 실시간 자막', { channel: text(channel.title) }), own: false }));
    renderList(
      this.#part('links'),
      [...own, ...ways, ...others, ...read],
      (link) => link.id,
      () => el('a', { class: 'button small', rel: 'noopener', target: '_blank' }),
      (element, link) => {
        element.setAttribute('href', link.href);
        if (link.own) element.setAttribute('data-kind', 'primary');
        else element.removeAttribute('data-kind');
        setText(element, link.words);
      },
    );
  }

  /**
   * @param {string} name
   * @returns {HTMLElement}
   */
  #part(name) {
    return need(`.player-${name}`, this.#place);
  }
}

/**
 * Show a video in its place; the same one is not loaded again.
 * @param {HTMLElement} place
 * @param {VideoDoc | null} video
 * @param {Record<string, string>} spoken
 */
function frame(place, video, spoken) {
  const there = place.querySelector('iframe');
  if (!video) return there?.remove();
  if (there?.getAttribute('src') === video.url) return there.setAttribute('title', sourceWords(video, spoken));
  const made = el('iframe', {
    src: video.url,
    title: sourceWords(video, spoken),
    allow: 'autoplay; encrypted-media; fullscreen; picture-in-picture',
    referrerpolicy: 'strict-origin-when-cross-origin',
  });
  place.replaceChildren(made);
}

/**
 * @param {readonly ChannelDoc[]} channels
 * @param {string} zone
 */
function waitingWords(channels, zone) {
  const timed = channels.filter((channel) => channel.has_videos && !channel.open && channel.opens_at);
  const first = timed.map((channel) => String(channel.opens_at)).sort()[0];
  return first ? t('생중계는 {at}에 공개됩니다', { at: dateTime(first, zone) }) : t('생중계가 시작되면 이 자리에 나타납니다');
}
