/** What does not move: waters, land, borders, coverage, places. Drawn anew only when the view changes. */

import type { Layers } from "../night/shown";
import type { MapData } from "../report";
import type { Palette } from "./palette";
import { drawNames, drawPlaces, drawRuler } from "./places";
import type { View } from "./view";

export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** What of the map is drawn, and how: pixels of the pane, device pixels a pixel, which coverage. */
export interface Sheet {
  pen: Pen;
  map: MapData;
  view: View;
  width: number;
  height: number;
  ratio: number;
  layers: Layers;
  level: number;
  colours: Palette;
}

const outlines = new WeakMap<number[][], Path2D>();

/** Returns an outline in metres; a ring is east, north, east, north ... in units. */
export function outline(rings: number[][], unit: number): Path2D {
  const known = outlines.get(rings);
  if (known) return known;
  const path = new Path2D();
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i += 2) path[i ? "lineTo" : "moveTo"](ring[i]! * unit, ring[i + 1]! * unit);
    path.closePath();
  }
  outlines.set(rings, path);
  return path;
}

/** Lets the pen draw in metres, north up. */
export function inMetres({ pen, view, width, height, ratio }: Sheet): void {
  const scale = view.scale * ratio;
  pen.setTransform(scale, 0, 0, -scale, (width / 2) * ratio - view.east * scale, (height / 2) * ratio + view.north * scale);
}

export function inPixels({ pen, ratio }: Sheet): void {
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
}

export function drawGround(sheet: Sheet): void {
  const { pen, map, width, height, layers, colours } = sheet;
  inPixels(sheet);
  pen.fillStyle = colours.outside;
  pen.fillRect(0, 0, width, height);
  inMetres(sheet);
  for (const state of map.states) {
    pen.fillStyle = state.guarded ? colours.guarded : colours.land;
    pen.fill(outline(state.rings, map.unit_m), "evenodd");
  }
  if (layers.waters) waters(sheet);
  if (layers.coverage) coverage(sheet);
  if (layers.borders) borders(sheet);
  if (layers.borders) drawNames(sheet);
  inPixels(sheet);
  if (layers.places) drawPlaces(sheet);
  drawRuler(sheet);
}

function waters({ pen, map, view, colours }: Sheet): void {
  pen.fillStyle = colours.waters;
  pen.strokeStyle = colours.border;
  pen.lineWidth = 1 / view.scale;
  pen.setLineDash([4 / view.scale, 4 / view.scale]);
  for (const water of map.waters) {
    pen.fill(outline(water.rings, map.unit_m), "evenodd");
    pen.stroke(outline(water.rings, map.unit_m));
  }
  pen.setLineDash([]);
}

function borders({ pen, map, view, colours }: Sheet): void {
  pen.lineJoin = "round";
  for (const guarded of [false, true]) {
    pen.strokeStyle = guarded ? colours.guardedBorder : colours.border;
    pen.lineWidth = (guarded ? 2 : 1) / view.scale;
    for (const state of map.states) if (state.guarded === guarded) pen.stroke(outline(state.rings, map.unit_m));
  }
}

function coverage({ pen, map, level, colours }: Sheet): void {
  const cells = map.coverage[level];
  if (!cells) return;
  const { cell_m: side, columns, rows, seen } = cells;
  pen.fillStyle = colours.coverage;
  for (let cell = 0; cell < rows * columns; cell++) {
    const sensors = seen[cell] ?? 0;
    if (sensors === 0) continue;
    pen.globalAlpha = Math.min(0.12 + 0.1 * sensors, 0.5);
    pen.fillRect(((cell % columns) - columns / 2) * side, (Math.floor(cell / columns) - rows / 2) * side, side, side);
  }
  pen.globalAlpha = 1;
}
