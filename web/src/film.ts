/** One replication under every option, to be played.
 *
 * The element holds base64 of a zlib stream (`DecompressionStream("deflate")`) of: a header's length in bytes (uint32,
 * little-endian), the header (JSON, UTF-8), zero to three bytes of padding to a multiple of 4, and all series as int16,
 * little-endian, one after another. A series of n points has 3n numbers: n of east, n of north, n of height, each as
 * [v0, v1 - v0, second differences ...] of the position in units of `unit_m`, so that summing twice gives it back exactly.
 * A height of -20 units or less is not known.
 */
export interface FilmHeader {
  replication: number;
  /** Between two points, s. */
  step_s: 10;
  unit_m: 50;
  /** Points of the whole night; point k is at k * step_s. */
  steps: number;
  options: string[];
  /** Series in the order in which they are stored. */
  series: { first: number; n: number }[];
  aircraft: Aircraft[];
  /** Where aircraft really are, the same under every option: [place in `aircraft`, place in `series`]. */
  truth: [number, number][];
  /** Tracks of the picture that are the same under every option. */
  picture: Track[];
  /** By option, in the order of `options`: what is its own. */
  own: Own[];
}

export interface Aircraft {
  /** D01 for intruders, F01 for strays, else A0123: as `holdfire trace` takes it. */
  name: string;
  title: string;
  part: "intruder" | "airliner" | "cargo" | "general_aviation" | "glider" | "medical" | "friendly_drone" | "fighter"
    | "early_warning" | "tanker" | string;
  /** A class as a look would have it: civil, own-or-allied-military, one-way-attack-type ... */
  look: string;
  /** State of whoever flies it, ISO 3166. */
  state: string;
}

export interface Track {
  number: number;
  series: number;
  /** Place in `aircraft` of whoever it mostly followed, -1: nobody; known to scoring only. */
  of: number;
}

export interface Own {
  truth: [number, number][];
  picture: Track[];
  /** By track number: [time_s, identity] whenever it changed, identity a place in IDENTITIES. */
  identities: Record<string, [number, number][]>;
  events: FilmEvent[];
  /** By place in `aircraft`: those that matter (intruders, strays, whoever was met or fired at). */
  stories: Record<string, Story>;
  /** By id, the rule sets that the stories cite: the title and, by rule, the sentence that the rule gives as its reason. */
  rules: Record<string, { title: string; because: Record<string, string> }>;
  /** By place in `aircraft`: [time_s, status], for those that ended: shot_down, fell, arrived, left, landed, disrupted. */
  ends: Record<string, [number, string]>;
}

export const IDENTITIES = [
  "pending", "unknown-identity", "assumed-friend", "friend", "neutral", "suspect", "hostile",
] as const;

export interface FilmEvent {
  t: number;
  /** As in events.parquet: scramble, airborne, tasked, looked, fired, hit, ... */
  what: string;
  text: string;
  /** Place in `aircraft`, -1: none. */
  of: number;
  track: number;
  /** Place in `aircraft` of the responder, -1: none. */
  by: number;
}

export interface Story {
  /** One sentence: what became of it and, if it was not engaged, the first thing that was missing. */
  verdict: string;
  facts: [string, string][];
  /** detected, tracked, tasked, intercepted, permitted, authorised, engaged, ended: when, or `null`: never. */
  chain: { step: string; t: number | null }[];
  entries: Entry[];
}

export interface Entry {
  t: number;
  kind: "truth" | "plots" | "track" | "ruling" | "order" | "event";
  text: string;
  /** Of a ruling: what was known then. */
  evidence?: { item: string; value: string; source: string; age_s: number | null }[];
  permitted?: { action: string; authorities: string[]; rules: string[] }[];
  withheld?: { action: string; forbidden_by: string[]; missing: string[]; caveats: string[] }[];
  /** Least changes of the evidence that would have turned the ruling on force round, each tried by the rules themselves. */
  flips?: { to: "permitted" | "withheld"; changes: { item: string; from: string; to: string }[] }[];
}
