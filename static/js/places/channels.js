/** The ways to take part, as they are now: links appear when they become public, and go when they are not any more. */
import { el, markLanguage, need, renderList, setText } from '#hub/web/dom.js';
import { t, text } from '#hub/web/i18n.js';
import { dateTime } from '#hub/web/time.js';

/** @typedef {import('#hub/live/documents.js').ChannelDoc} ChannelDoc */
/** @typedef {{all: (prefix: 'channel/') => readonly ChannelDoc[]}} Known */

/**
 * The channels in order, those by which the viewer takes part first.
 * @param {readonly ChannelDoc[]} channels
 * @param {string | null} own their kind
 */
export function inOrder(channels, own) {
  const rank = (/** @type {ChannelDoc} */ channel) => (channel.kind === own ? 0 : 1);
  return [...channels].sort((one, other) => rank(one) - rank(other) || one.position - other.position);
}

/**
 * What stands beside a channel's name: a link, or words. The link to its captions stands behind it.
 * @param {ChannelDoc} channel
 * @param {{conf: string, zone: string, venue: import('#hub/web/i18n.js').Text}} page
 * @returns {{words: string, href: string | null}}
 */
export function way(channel, { conf, zone, venue }) {
  if (channel.url) return { words: t('참여하기'), href: channel.url };
  if (channel.kind === 'hall') return { words: text(venue), href: null };
  if (channel.videos.length > 0) return { words: t('실시간 화면에서 보기'), href: `/c/${conf}/live` };
  if (channel.open && channel.audience !== 'public') return { words: t('등록한 참석자의 내 페이지에 있습니다'), href: null };
  if (channel.opens_with && !channel.open) return { words: opensWith(channel), href: null };
  if (channel.opens_at && !channel.open) return { words: t('{at}에 공개됩니다', { at: dateTime(channel.opens_at, zone) }), href: null };
  return { words: t('주소가 공개되면 이곳에 나타납니다'), href: null };
}

/** @param {ChannelDoc} channel one that opens with check-in, or before the start */
function opensWith({ opens_with, before_min }) {
  if (opens_with === 'doors') return t('체크인이 열릴 때 공개됩니다');
  return before_min > 0 ? t('시작 {count}분 전에 공개됩니다', { count: before_min }) : t('시작할 때 공개됩니다');
}

/**
 * @param {Element} parent
 * @param {readonly ChannelDoc[]} channels
 * @param {{conf: string, zone: string, venue: import('#hub/web/i18n.js').Text, own: string | null}} page
 */
export function drawChannels(parent, channels, page) {
  renderList(
    parent,
    inOrder(channels, page.own),
    (channel) => channel.id,
    () => el('div', null, el('dt', null), el('dd', null)),
    (element, channel) => {
      setText(need('dt', element), text(channel.title));
      markLanguage(need('dt', element), channel.title);
      drawWay(need('dd', element), way(channel, page), channel.captions_url);
    },
  );
}

/**
 * @param {HTMLElement} place
 * @param {{words: string, href: string | null}} shown
 * @param {string | null} captions
 */
function drawWay(place, { words, href }, captions) {
  const there = place.firstElementChild;
  const other = place.querySelector('.channel-captions')?.getAttribute('href') ?? null;
  if (there?.textContent === words && (there.getAttribute('href') ?? null) === href && other === captions) return;
  place.replaceChildren(href ? el('a', { href, rel: 'noopener' }, words) : el('span', { class: 'quiet' }, words));
  if (captions) place.append(' ', el('a', { class: 'channel-captions', href: captions, rel: 'noopener' }, t('실시간 자막')));
}
