/** Which videos there are to see, which of them a page may embed, and what they are called. Pure. */
import { t } from '#hub/web/i18n.js';

/** @typedef {import('#hub/live/documents.js').ChannelDoc} ChannelDoc */
/** @typedef {ChannelDoc['videos'][number]} VideoDoc */

/**
 * The videos of all open channels, in order: those that a page may embed, and those that are links because the hub does
 * not embed their host (any more).
 * @param {readonly ChannelDoc[]} channels in order
 * @param {string[]} hosts
 * @returns {{sources: VideoDoc[], links: VideoDoc[]}}
 */
export function playable(channels, hosts) {
  const videos = channels.flatMap((channel) => channel.videos);
  return {
    sources: videos.filter((video) => mayEmbed(video.url, hosts)),
    links: videos.filter((video) => !mayEmbed(video.url, hosts)),
  };
}

/**
 * The video to show: the chosen one while it is there, else the first.
 * @param {VideoDoc[]} sources
 * @param {string | null} id
 * @returns {VideoDoc | null}
 */
export function shown(sources, id) {
  return sources.find((video) => video.id === id) ?? sources[0] ?? null;
}

/**
 * The sign language to show beside a video, where there is room.
 * @param {VideoDoc[]} sources
 * @param {VideoDoc | null} main
 * @param {boolean} wide
 * @returns {VideoDoc | null}
 */
export function beside(sources, main, wide) {
  if (!wide || !main || main.kind === 'sign') return null;
  return sources.find((video) => video.kind === 'sign') ?? null;
}

/**
 * The channel that somebody watches here: that of the video on the page, else the open one by which they take part.
 * @param {readonly ChannelDoc[]} channels
 * @param {VideoDoc | null} main
 * @param {string | null} own the kind of channel by which they take part
 * @returns {ChannelDoc | null}
 */
export function watched(channels, main, own) {
  if (main) return channels.find(({ videos }) => videos.some(({ id }) => id === main.id)) ?? null;
  return channels.find(({ kind, open }) => open && kind === own) ?? null;
}

/**
 * The pages with live captions, without the one that stands below the video: those of open channels.
 * @param {readonly ChannelDoc[]} channels
 * @param {string | null} below the address that stands there
 * @returns {{channel: ChannelDoc, url: string}[]}
 */
export function otherCaptions(channels, below) {
  return channels.flatMap((channel) => (channel.captions_url && channel.captions_url !== below ? [{ channel, url: channel.captions_url }] : []));
}

/**
 * What a video is called: `본 화면 · 한국어`.
 * @param {VideoDoc} video
 * @param {Record<string, string>} spoken languages by code
 */
export function sourceWords(video, spoken) {
  const kinds = { main: t('본 화면'), sign: t('수어'), language: t('다른 언어'), audio: t('음성만') };
  return `${kinds[video.kind]} · ${spoken[video.language] ?? video.language}`;
}

/**
 * @param {string} url
 * @param {string[]} hosts
 */
function mayEmbed(url, hosts) {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username } = new URL(url);
  return protocol === 'https:' && username === '' && hosts.includes(host);
}
