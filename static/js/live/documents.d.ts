/** The documents of the streams, as docs/protocol.md lists them. A field with `?` is not on every stream. */

/** An instant: RFC 3339 in UTC with milliseconds. */
export type Instant = string;

/** Content in both languages. */
export interface Text {
  ko: string;
  en: string;
}

/** null when the command may be sent now, else the code of the refusal that it would get. */
export type Allowed = string | null;

/** A command that would be taken back or done again: the fact it made, with the fact's own fields. */
export interface PastCommand {
  number: number;
  topic: string;
  at: Instant;
  by: string;
  lane?: string;
  cue?: string | null;
  award?: string;
  added_s?: number;
  left_out?: number;
  undone?: string;
}

/** `segment/<id>` */
export interface SegmentDoc {
  id: string;
  kind: string;
  label: Text;
  title: Text;
  note: Text | null;
  position: number;
}

/** `lane/<id>` */
export interface LaneDoc {
  id: string;
  title: Text;
  position: number;
  status: 'waiting' | 'running' | 'held' | 'finished';
  cue: string | null;
  held_since: Instant | null;
  run?: string;
  commands?: Record<'start' | 'next' | 'jump' | 'hold' | 'resume' | 'extend' | 'finish' | 'undo' | 'redo', Allowed>;
  extend_min_s?: number;
  extend_max_s?: number;
  undo?: PastCommand | null;
  redo?: PastCommand | null;
}

/** `cue/<id>` */
export interface CueDoc {
  id: string;
  lane: string;
  segment: string;
  title: Text;
  kind: string;
  position: number;
  planned_start: Instant;
  planned_s: number;
  started_at: Instant | null;
  ended_at: Instant | null;
  extension_s: number;
  held_s: number;
}

/** `driving/<lane>`: the last commands, the newest first. */
export interface DrivingDoc {
  lane: string;
  position: number;
  commands: Omit<PastCommand, 'number'>[];
}

/** A level of award, inside other documents. */
export interface LevelDoc {
  id: string;
  rank: number;
  label: Text;
  honour: Text;
  prize_won: number | null;
  reveal_style: 'individual' | 'roll';
}

/** `award/<id>` */
export interface AwardDoc {
  id: string;
  lane: string;
  cue: string;
  order: number;
  state: 'sealed' | 'armed' | 'revealed' | 'presented' | 'photographed' | 'done' | 'deferred' | 'skipped';
  level: LevelDoc;
  kind: 'individual' | 'organisation';
  recipient: string | null;
  organisation: string | null;
  profile: string | null;
  revealed_at: Instant | null;
  guest?: string | null;
  commands?: Record<'arm' | 'reveal' | 'present' | 'photo' | 'done' | 'defer' | 'skip' | 'take-back' | 'correct' | 'undo' | 'redo', Allowed>;
  undo?: PastCommand | null;
  redo?: PastCommand | null;
}

/** `ceremony` */
export interface CeremonyDoc {
  total: number;
  revealed: number;
  levels: LevelDoc[];
  counts: { level: string; lane: string; total: number; revealed: number }[];
}

/** `calling/<lane>`: ids of awards; `up` is the one to call or on stage, `following` all that are still to come. */
export interface CallingDoc {
  lane: string;
  order: string[];
  up: string | null;
  following: string[];
}

/** `session/<id>` */
export interface SessionDoc {
  id: string;
  title: Text;
  description: Text | null;
  starts_at: Instant;
  ends_at: Instant;
  status: string;
  sequence: number;
  taken: number;
  places_left: number | null;
}

/** `presence` */
export interface PresenceDoc {
  expected: number;
  inside: number;
  remote: number;
  admitted: number;
  by_mode: Record<string, { expected: number; here: number }>;
}

/** `gate/<id>` */
export interface GateDoc {
  id: string;
  title: Text;
  position: number;
  admitted: number;
  left: number;
  refused: number;
}

/** `guest/<id>` */
export interface GuestDoc {
  id: string;
  group: string;
  mode: string;
  inside: boolean;
  remote_connected: boolean;
  since: Instant | null;
  first: { at: Instant; gate: string | null } | null;
  badge: boolean;
}

/** By key; a key that ends in `/` is the prefix of a family. */
export interface DocumentByKey {
  'segment/': SegmentDoc;
  'lane/': LaneDoc;
  'cue/': CueDoc;
  'driving/': DrivingDoc;
  'award/': AwardDoc;
  'ceremony': CeremonyDoc;
  'calling/': CallingDoc;
  'session/': SessionDoc;
  'presence': PresenceDoc;
  'gate/': GateDoc;
  'guest/': GuestDoc;
}
