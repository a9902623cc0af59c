/** Shots, hits, looks and debris, for a moment where they happen. */

import type { FilmEvent } from "../film";
import type { Movers } from "./cast";
import type { Frame } from "./movers";

const SHOWN = new Set(["fired", "hit", "missed", "debris", "looked", "disrupted"]);

/** Draws what happened to those in `of`, the truth, in the last `last_s` seconds. */
export function drawFlashes(frame: Frame, of: Movers, events: FilmEvent[], t: number, last_s: number): void {
  for (const event of events) {
    if (event.t > t || event.t < t - last_s || !SHOWN.has(event.what)) continue;
    const at = seat(frame, of, event.of, event.t);
    if (at) flash(frame, event.what, at, (t - event.t) / last_s, seat(frame, of, event.by, event.t));
  }
}

type Point = [x: number, y: number];

/** Returns where an aircraft was, or was last, in pixels. */
function seat({ film, view, width, height }: Frame, of: Movers, aircraft: number, t: number): Point | null {
  if (aircraft < 0) return null;
  const { unit_m, step_s } = film.header, k = Math.round(t / step_s);
  let found: Point | null = null, least = Infinity;
  for (let i = 0; i < of.count; i++) {
    if (of.aircraft[i] !== aircraft) continue;
    const n = of.n[i]!, here = Math.min(Math.max(k - of.first[i]!, 0), n - 1), off = Math.abs(k - of.first[i]! - here);
    if (off >= least) continue;
    least = off;
    const east = film.values[of.at[i]! + here]! * unit_m, north = film.values[of.at[i]! + n + here]! * unit_m;
    found = [width / 2 + (east - view.east) * view.scale, height / 2 - (north - view.north) * view.scale];
  }
  return found;
}

function flash({ pen, colours }: Frame, what: string, [x, y]: Point, age: number, by: Point | null): void {
  pen.globalAlpha = Math.max(1 - age, 0.15);
  pen.strokeStyle = what === "looked" ? colours.accent : colours.alarm;
  pen.lineWidth = 2;
  pen.beginPath();
  if (what === "fired" && by) {
    pen.moveTo(...by);
    pen.lineTo(x, y);
  }
  if (what === "hit" || what === "disrupted")
    for (let ray = 0; ray < 8; ray++) {
      const [c, s] = [Math.cos((ray * Math.PI) / 4), Math.sin((ray * Math.PI) / 4)];
      pen.moveTo(x + 9 * c, y + 9 * s);
      pen.lineTo(x + (14 + 8 * age) * c, y + (14 + 8 * age) * s);
    }
  else if (what === "debris") pen.rect(x - 6, y - 6, 12, 12);
  else pen.arc(x, y, 12 + 14 * age, 0, 7);
  pen.stroke();
  pen.globalAlpha = 1;
}
