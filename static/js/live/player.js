/** The player of the live page: one video, its sources to choose from, and the sign language beside it where there is room. */
import { el, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { inOrder } from '#hub/places/channels.js';
import { beside, playable, shown, sourceWords } from '#hub/places/sources.js';
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
  /** @type {ChannelDoc[]} */
  #channels = [];
  /** @type {string | null} */
  #chosen = null;
  #wide = matchMedia(WIDE);

  /**
   * @param {HTMLElement} place what the template has
   * @param {Page} page
   */
  constructor(place, page) {
    this.#place = place;
    this.#page = page;
    this.#wide.addEventListener('change', () => this.#redraw());
    this.#part('sources').addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      if (!button) return;
      this.#chosen = button.dataset.source ?? null;
      this.#redraw();
    });
  }

  /** @param {ChannelDoc[]} channels */
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
    this.#captions(main);
    this.#links(links);
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

  /** @param {VideoDoc | null} main */
  #captions(main) {
    const link = need('.player-captions a', this.#place);
    need('.player-captions', this.#place).hidden = !main?.captions_url;
    if (main?.captions_url) link.setAttribute('href', main.captions_url);
  }

  /** @param {VideoDoc[]} videos */
  #links(videos) {
    const ways = this.#channels
      .filter((channel) => channel.url)
      .map((channel) => ({ id: channel.id, href: String(channel.url), words: t('{channel} 참여하기', { channel: text(channel.title) }), own: channel.kind === this.#page.own }));
    const others = videos.map((video) => ({ id: video.id, href: video.url, words: sourceWords(video, this.#page.spoken), own: false }));
    renderList(
      this.#part('links'),
      [...ways, ...others],
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
 * @param {ChannelDoc[]} channels
 * @param {string} zone
 */
function waitingWords(channels, zone) {
  const timed = channels.filter((channel) => channel.has_videos && !channel.open && channel.opens_at);
  const first = timed.map((channel) => String(channel.opens_at)).sort()[0];
  return first ? t('생중계는 {at}에 공개됩니다', { at: dateTime(first, zone) }) : t('생중계가 시작되면 이 자리에 나타납니다');
}
