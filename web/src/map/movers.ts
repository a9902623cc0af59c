/** Aircraft and tracks as they are now: symbols, shapes, vectors and names. */

import type { Film } from "../decode";
import { IDENTITIES } from "../film";
import type { Layers } from "../night/shown";
import type { Cast, Movers } from "./cast";
import type { Pen } from "./ground";
import type { Palette } from "./palette";
import { LOOKS, heading, shape } from "./shapes";
import { sprite } from "./symbols";
import type { View } from "./view";

/** Pixels, of what matters and of traffic, which is smaller. Sprites are made in these sizes: to scale them costs frames. */
const SYMBOL = [16, 10] as const, SHAPE = [12, 8] as const;
const AHEAD_S = 90;
const SUSPECT = IDENTITIES.indexOf("suspect");
/** From the least to the most interesting, which is drawn last. */
const ORDER = ["neutral", "assumed-friend", "friend", "pending", "unknown-identity", "suspect", "hostile"].map((name) =>
  IDENTITIES.indexOf(name as (typeof IDENTITIES)[number]));

export interface Frame {
  pen: Pen;
  film: Film;
  view: View;
  width: number;
  height: number;
  ratio: number;
  layers: Layers;
  colours: Palette;
  /** Place of the selected aircraft, -1: none; and number of the selected track of no aircraft, 0: none. */
  aircraft: number;
  track: number;
}

/** Puts movers into pixels, and those outside the pane nowhere. */
function project(frame: Frame, of: Movers): void {
  const { view, width, height } = frame;
  for (let i = 0; i < of.count; i++) {
    if (!of.there[i]) continue;
    const x = width / 2 + (of.east[i]! - view.east) * view.scale, y = height / 2 - (of.north[i]! - view.north) * view.scale;
    of.x[i] = x;
    of.y[i] = y;
    if (x < -20 || y < -20 || x > width + 20 || y > height + 20 || (of.traffic[i] && !frame.layers.traffic)) of.there[i] = 0;
  }
}

export function drawMovers(frame: Frame, of: Cast): void {
  const { layers } = frame;
  project(frame, of.truth);
  project(frame, of.picture);
  ring(frame, of);
  if (layers.picture) {
    vectors(frame, of.picture);
    tracks(frame, of.picture);
  }
  if (layers.truth) shapes(frame, of.truth);
  if (layers.labels) labels(frame, of);
}

function vectors({ pen, view, colours }: Frame, of: Movers): void {
  const ahead = AHEAD_S * view.scale;
  pen.beginPath();
  for (let i = 0; i < of.count; i++) {
    if (!of.there[i]) continue;
    pen.moveTo(of.x[i]!, of.y[i]!);
    pen.lineTo(of.x[i]! + ahead * of.eastward[i]!, of.y[i]! - ahead * of.northward[i]!);
  }
  pen.strokeStyle = colours.muted;
  pen.lineWidth = 1;
  pen.stroke();
}

function tracks({ pen, film, ratio }: Frame, of: Movers): void {
  for (const identity of ORDER)
    for (let i = 0; i < of.count; i++) {
      if (!of.there[i] || of.identity[i] !== identity) continue;
      const symbol = sprite(identity, film.header.aircraft[of.aircraft[i]!]?.part ?? "", SYMBOL[of.traffic[i] ? 1 : 0], ratio);
      const w = symbol.width / ratio, h = symbol.height / ratio;
      pen.drawImage(symbol, Math.round(of.x[i]! - w / 2), Math.round(of.y[i]! - h / 2), w, h);
    }
}

function shapes({ pen, film, layers, ratio, colours }: Frame, of: Movers): void {
  const colour = layers.picture ? "#14181c" : colours.ink, halo = layers.picture ? "rgba(255,255,255,0.75)" : colours.halo;
  for (const look of LOOKS) {
    const sizes = SHAPE.map((size) => shape(look, colour, halo, size, ratio));
    for (let i = 0; i < of.count; i++) {
      if (!of.there[i] || film.header.aircraft[of.aircraft[i]!]?.look !== look) continue;
      const turned = sizes[of.traffic[i] ? 1 : 0]![heading(of.eastward[i]!, of.northward[i]!)]!, side = turned.width / ratio;
      pen.drawImage(turned, Math.round(of.x[i]! - side / 2), Math.round(of.y[i]! - side / 2), side, side);
    }
  }
}

function chosen(frame: Frame, of: Movers, i: number): boolean {
  return of.there[i] === 1 && ((frame.aircraft >= 0 && of.aircraft[i] === frame.aircraft) || (frame.track > 0 && of.number[i] === frame.track));
}

function ring(frame: Frame, of: Cast): void {
  const { pen, colours } = frame;
  for (const movers of [of.truth, of.picture])
    for (let i = 0; i < movers.count; i++) {
      if (!chosen(frame, movers, i)) continue;
      pen.beginPath();
      pen.arc(movers.x[i]!, movers.y[i]!, 17, 0, 7);
      pen.strokeStyle = colours.halo;
      pen.lineWidth = 5;
      pen.stroke();
      pen.strokeStyle = colours.accent;
      pen.lineWidth = 2.5;
      pen.stroke();
    }
}

function labels(frame: Frame, of: Cast): void {
  const { pen, film, layers, colours } = frame;
  pen.font = "600 11px system-ui, sans-serif";
  pen.textAlign = "left";
  pen.lineWidth = 3;
  pen.lineJoin = "round";
  pen.strokeStyle = colours.halo;
  pen.fillStyle = colours.ink;
  const write = (text: string, x: number, y: number) => {
    pen.strokeText(text, x, y);
    pen.fillText(text, x, y);
  };
  for (let i = 0; i < of.truth.count; i++) {
    if (!of.truth.there[i]) continue;
    const aircraft = film.header.aircraft[of.truth.aircraft[i]!];
    if (chosen(frame, of.truth, i) || (layers.truth && aircraft?.part === "intruder")) write(aircraft?.name ?? "", of.truth.x[i]! + 12, of.truth.y[i]! - 8);
  }
  if (!layers.picture) return;
  for (let i = 0; i < of.picture.count; i++) {
    const isChosen = chosen(frame, of.picture, i);
    if (!of.picture.there[i] || !(isChosen || (!layers.truth && of.picture.identity[i]! >= SUSPECT))) continue;
    write(`track ${of.picture.number[i]}`, of.picture.x[i]! + 12, of.picture.y[i]! + 16);
  }
}

/** Returns the mover nearest to a point of the pane, within reach, intruders before traffic. */
export function nearest(of: Movers, x: number, y: number, reach: number): number {
  let best = -1, least = reach;
  for (let i = 0; i < of.count; i++) {
    if (!of.there[i]) continue;
    const far = Math.hypot(of.x[i]! - x, of.y[i]! - y) + (of.traffic[i] ? 4 : 0);
    if (far < least) [best, least] = [i, far];
  }
  return best;
}
