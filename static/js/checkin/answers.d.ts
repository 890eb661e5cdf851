/** What check-in answers, as docs/protocol.md describes it. */
import type { Instant, Text } from '#hub/live/documents.js';

/** A guest as gate staff see them. */
export interface Person {
  guest: string;
  name: Text;
  masked: string | null;
  role: Text | null;
  organisation: string | null;
  group: { id: string; label: Text };
  mode: { id: string; label: Text };
  seat: string | null;
  calls?: { lane: Text; cue: Text; order: number }[];
}

/** A guest found by the search; `place` is where they are now. */
export type Found = Person & { place: 'hall' | 'remote' | null };

/** When and where a guest first came in; `gate` is null for a personal link. */
export interface First {
  at: Instant;
  gate: string | null;
  gate_title: Text | null;
}

/** The answer to a scan. */
export type Verdict = { person?: Person } & (
  | { verdict: 'admitted'; first: First; forced: boolean; again: boolean }
  | { verdict: 'already_inside' | 'left'; first: First }
  | { verdict: 'wrong_day'; doors: { opens_at: Instant; closes_at: Instant } }
  | { verdict: 'not_inside' | 'revoked' | 'unknown_badge' }
);
