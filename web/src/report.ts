/** What the report is given: one JSON document, and one film for each night that can be played. */

/** In `<script type="application/json" id="report">`. */
export interface Report {
  holdfire: string;
  /** `unfinished` and `broken` are shown first, with what is wrong in `problems`; what there is follows. */
  state: "finished" | "unfinished" | "broken";
  problems: string[];
  scenario: {
    id: string;
    title: string;
    kind: string;
    summary: string;
    /** ISO 8601, UTC. */
    start: string;
    duration_s: number;
  };
  seed: number;
  nights: number;
  options: { id: string; title: string; rules: Record<string, string> }[];
  /** Said before anything else: archetypes, not for navigation, ... */
  notices: string[];
  /** Three sentences for a reader in a hurry; empty where there is nothing to say them of. */
  sentences: Sentence[];
  /** As `holdfire compare --json` prints it. */
  comparison: Comparison | null;
  ladder: { title: string; rungs: { rung: number; title: string; precedents: string[] }[]; sources: string[] } | null;
  /** What an hour, a weapon and a new aircraft are taken to cost. */
  prices: { what: string; low: number; high: number; unit: string; grade: string; source: string }[];
  assumptions: { place: string; value: string; bears_on: string[] }[];
  stress: Stress | null;
  validation: Validation | null;
  bibliography: string[];
  /** Commands that make the same again, and the digests that show it. */
  again: { commands: string[]; facts: [string, string][] };
  map: MapData | null;
  films: FilmEntry[];
}

export interface Sentence {
  text: string;
  /** The assumed number that turns it round, or that none of those tried does, or that none was tried. */
  flips: string;
}

export interface FilmEntry {
  replication: number;
  /** Why this night is among those that can be played, in words. */
  why: string;
  /** Id of the `<script type="application/octet-stream">` that holds it. */
  element: string;
}

export interface Comparison {
  scenario: { id: string; title: string; kind: string; sha256: string };
  seed: number;
  nights: number;
  level: number;
  base: string;
  options: { id: string; title: string; nights_as_base: number }[];
  groups: { id: string; title: string; figures: Figure[] }[];
  cautions: string[];
  sentences: Sentence[];
}

export type Reading = "mean" | "median" | "rare" | "rank";

export interface Figure {
  name: string;
  label: string;
  unit: string;
  reading: Reading;
  options: Record<string, FigureOfOption>;
}

export interface Estimate {
  n: number;
  value: number | null;
  low: number | null;
  high: number | null;
  /** The figure was zero in every night; then `share_below` bounds the share of nights in which it is not, one-sided. */
  none_seen?: boolean;
  share_below?: number | null;
}

export interface FigureOfOption {
  estimate?: Estimate;
  nights_with_any?: { k: number; n: number; low: number | null; high: number };
  total?: number;
  /** Nights in which it is not as under the base. */
  differing: number;
  against_base: {
    difference?: {
      n: number; value: number | null; low: number | null; high: number | null;
      share_below: number | null; variance_ratio: number | null;
    };
    ratio?: {
      n: number; value: number | null; low: number | null; high: number | null;
      below: number | null; above: number | null; few: boolean;
    };
    /** Shares of nights, each with its interval; none seen has a bound only. */
    shift?: Record<"higher" | "lower", { k: number; n: number; low: number | null; high: number }>;
  } | null;
}

/** One assumed number at a time at the ends of a range, and what it did to each option's difference from the base. */
export interface Stress {
  /** Digest of the manifest that it was tried on, without the number of nights. */
  manifest: string;
  base: string;
  nights: number;
  /** Only where it was tried before this study: on which seed, by which version, and whether the code is the same. */
  beforehand?: { seed: number; version: string; same_code: boolean };
  figure: string;
  label: string;
  /** Every figure tried; `figure` is the first of them. */
  figures: { name: string; label: string }[];
  tried: {
    /** An address of the scenario; `*` stands for any one part, and all that it leads to moved together. */
    place: string;
    /** What it is in words, with its address. */
    called?: string;
    why: string;
    as_run: string;
    low: string;
    high: string;
    /** Of `figure`. */
    options: Record<string, Moved>;
    figures: Record<string, Record<string, Moved>>;
  }[];
}
/** Mean difference from the base: as run, at the low and at the high end, each with its interval. */
export interface Moved {
  as_run: Ends;
  low: Ends;
  high: Ends;
  /** Ends at which the interval lies on another side of 0 than as run. */
  turns_at: ("low" | "high")[];
  flips: boolean;
}
export interface Ends { value: number | null; low: number | null; high: number | null }

/** As `holdfire validate --json` prints it. */
export interface Validation {
  scenario: string;
  option: string;
  /** The rule set of each state, and of `chain`. */
  rules: Record<string, string>;
  replications: number;
  seed: number;
  level: number;
  facts: ValidationFact[];
  fitted: { what: string; to: string }[];
  left_out: string[];
  not_left_out: string[];
  /** Of the `scored` outcomes, how many lie inside. */
  inside: number;
  scored: number;
  /** How to read it, a sentence each. */
  reading: string[];
}

export interface ValidationFact {
  id: string;
  what: string;
  kind: "input" | "calibrated" | "outcome";
  figure: string | null;
  grade: string;
  sources: string[];
  /** `low` and `high` both null: no figure is public. Only `high` null: no source gives a most. */
  observed: { low: number | null; high: number | null; tolerance: number };
  /** `null` where the figure cannot be told. `coverage`: the chance that one more night of the model lies in it. */
  interval: { low: number; high: number; median: number; n: number; coverage: number } | null;
  /** Nights, of the interval's `n`, in which the figure lay within what was observed. */
  nights_as_observed: number | null;
  /** Whether interval and observation overlap, for inputs and calibrated values too; `null` where one is missing. */
  agrees: boolean | null;
  /** `null`: not scored (an input, a calibrated value, or nothing to hold it against). */
  inside: boolean | null;
  score: number | null;
  /** `score` and `inside` null: no figure is public. */
  naive: {
    low: number; high: number; score: number | null; inside: boolean | null;
    how: string; grade: string; sources: string[];
  } | null;
  note: string;
}

/** Lines and areas in the flat frame of the area; points are [east, north] in units of 50 m. */
export interface MapData {
  unit_m: 50;
  half_width_m: number;
  half_height_m: number;
  /** Centre, degrees; local metres are azimuthal equidistant about it. */
  centre: [number, number];
  states: { code: string; name: string; guarded: boolean; rings: number[][] }[];
  /** Territorial waters, by state. */
  waters: { code: string; rings: number[][] }[];
  places: { id: string; title: string; kind: "site" | "base" | "airport" | "town"; at: [number, number]; radius_m: number }[];
  sensors: { id: string; title: string; at: [number, number] }[];
  /** Every sensor, those that fly or are spread over an area too; `counted`: in `coverage`. */
  lay_down: { id: string; title: string; where: string; counted: boolean }[];
  coverage: Coverage[];
}

/** How many standing radars would see something at a height, in cells of 25 km: the lay-down is made up, and gaps are coarse. */
export interface Coverage {
  height_m: number;
  rcs_m2: number;
  label: string;
  cell_m: 25000;
  columns: number;
  rows: number;
  /** South row first; how many radars see the cell's middle with a chance of at least one half. */
  seen: number[];
}
