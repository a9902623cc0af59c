/** Who is drawn under one option, as flat arrays, and where each is at a time: nothing is made anew for a frame. */

import type { Film } from "../decode";
import type { Track } from "../film";

export const UNKNOWN_HEIGHT = -20;
const TRAFFIC = new Set(["airliner", "cargo", "general_aviation", "glider", "medical"]);

/** Things that move: aircraft in truth, or tracks of the picture. */
export interface Movers {
  count: number;
  /** Place in the film's aircraft, -1: none. */
  aircraft: Int32Array;
  /** Number of the track; 0 in truth. */
  number: Int32Array;
  first: Int32Array;
  n: Int32Array;
  at: Int32Array;
  /** 1: background traffic. */
  traffic: Uint8Array;
  /** Where it is now: metres, and metres a second. */
  east: Float32Array;
  north: Float32Array;
  height: Float32Array;
  eastward: Float32Array;
  northward: Float32Array;
  /** Whether it is anywhere now. */
  there: Uint8Array;
  /** Identity now, a place in IDENTITIES. */
  identity: Uint8Array;
  /** Where it was last drawn, pixels. */
  x: Float32Array;
  y: Float32Array;
}

export interface Cast {
  option: string;
  truth: Movers;
  picture: Movers;
  /** By track of `picture`: changes of identity in time. */
  changes: [number, number][][];
}

export function cast(film: Film, option: string): Cast {
  const { header } = film;
  const own = header.own[header.options.indexOf(option)];
  if (!own) throw new Error(`the film has no option ${option}`);
  const truth = [...header.truth, ...own.truth].map(([of, series]) => ({ of, series, number: 0 }));
  const picture = [...header.picture, ...own.picture];
  return {
    option,
    truth: movers(film, truth),
    picture: movers(film, picture),
    changes: picture.map((track) => own.identities[track.number] ?? []),
  };
}

function movers(film: Film, tracks: Track[]): Movers {
  const count = tracks.length;
  const whole = (value: (track: Track) => number) => Int32Array.from(tracks, value);
  const float = () => new Float32Array(count);
  const part = (track: Track) => film.header.aircraft[track.of]?.part ?? "";
  return {
    count,
    aircraft: whole((track) => track.of),
    number: whole((track) => track.number),
    first: whole((track) => film.header.series[track.series]!.first),
    n: whole((track) => film.header.series[track.series]!.n),
    at: whole((track) => film.at[track.series]!),
    traffic: Uint8Array.from(tracks, (track) => (TRAFFIC.has(part(track)) ? 1 : 0)),
    east: float(), north: float(), height: float(), eastward: float(), northward: float(),
    there: new Uint8Array(count), identity: new Uint8Array(count), x: float(), y: float(),
  };
}

/** Puts everyone where they are at a time, straight between two points. */
export function place(film: Film, of: Movers, t: number): void {
  const { unit_m: unit, step_s } = film.header, { values } = film;
  const now = t / step_s, k = Math.floor(now);
  for (let i = 0; i < of.count; i++) {
    const n = of.n[i]!, here = k - of.first[i]!;
    if (here < 0 || here >= n) {
      of.there[i] = 0;
      continue;
    }
    const next = here + 1 < n ? 1 : 0, part = next ? now - k : 0;
    const e = of.at[i]! + here, v = e + n, h = v + n;
    const de = values[e + next]! - values[e]!, dn = values[v + next]! - values[v]!;
    const low = values[h]!, high = values[h + next]!;
    of.there[i] = 1;
    of.east[i] = unit * (values[e]! + part * de);
    of.north[i] = unit * (values[v]! + part * dn);
    of.height[i] = low <= UNKNOWN_HEIGHT || high <= UNKNOWN_HEIGHT ? NaN : unit * (low + part * (high - low));
    if (next) {
      of.eastward[i] = (unit * de) / step_s;
      of.northward[i] = (unit * dn) / step_s;
    } else if (here > 0) {
      of.eastward[i] = (unit * (values[e]! - values[e - 1]!)) / step_s;
      of.northward[i] = (unit * (values[v]! - values[v - 1]!)) / step_s;
    }
  }
}

/** Gives every track the identity that it has at a time. */
export function identify(of: Cast, t: number): void {
  for (let i = 0; i < of.picture.count; i++) {
    const changes = of.changes[i]!;
    let identity = 0;
    for (let c = 0; c < changes.length && changes[c]![0] <= t; c++) identity = changes[c]![1];
    of.picture.identity[i] = identity;
  }
}
