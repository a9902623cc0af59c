/** What does not move: waters, land, borders, coverage, places. Drawn anew only when the view changes. */

import type { Layers } from "../night/shown";
import type { MapData } from "../report";
import type { Palette } from "./palette";
import type { View } from "./view";

export type Pen = CanvasRenderingContext2D;

/** Points of a ring: east, north, east, north ... in units; both forms of a ring are read. */
function trace(pen: Pen, rings: readonly unknown[], unit: number): void {
  for (const ring of rings as (number | [number, number])[][]) {
    const pairs = typeof ring[0] === "number" ? null : (ring as [number, number][]);
    const n = pairs ? pairs.length : ring.length / 2;
    for (let i = 0; i < n; i++) {
      const east = pairs ? pairs[i]![0] : (ring[2 * i] as number), north = pairs ? pairs[i]![1] : (ring[2 * i + 1] as number);
      if (i === 0) pen.moveTo(east * unit, north * unit);
      else pen.lineTo(east * unit, north * unit);
    }
    pen.closePath();
  }
}

/** Draws the ground; the pen is in pixels with its origin at the upper left corner. */
export function drawGround(
  pen: Pen, map: MapData, view: View, width: number, height: number, ratio: number, layers: Layers, level: number, colours: Palette,
): void {
  const metres = () => pen.setTransform(view.scale * ratio, 0, 0, -view.scale * ratio,
    (width / 2 - view.east * view.scale) * ratio, (height / 2 + view.north * view.scale) * ratio);
  const line = (pixels: number) => pixels / view.scale;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = colours.outside;
  pen.fillRect(0, 0, width, height);
  metres();
  for (const state of map.states) {
    pen.beginPath();
    trace(pen, state.rings, map.unit_m);
    pen.fillStyle = state.guarded ? colours.guarded : colours.land;
    pen.fill("evenodd");
  }
  if (layers.waters) waters(pen, map, colours, line(1));
  if (layers.coverage) coverage(pen, map, level, colours);
  if (layers.borders) borders(pen, map, colours, line);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const at = (east: number, north: number): [number, number] => [
    width / 2 + (east - view.east) * view.scale, height / 2 - (north - view.north) * view.scale,
  ];
  if (layers.borders) names(pen, map, at, width, height, colours);
  if (layers.places) places(pen, map, at, view.scale, colours);
  ruler(pen, view.scale, width, height, colours);
}

function waters(pen: Pen, map: MapData, colours: Palette, width: number): void {
  pen.fillStyle = colours.waters;
  pen.strokeStyle = colours.border;
  pen.lineWidth = width;
  pen.setLineDash([4 * width, 4 * width]);
  for (const water of map.waters) {
    pen.beginPath();
    trace(pen, water.rings, map.unit_m);
    pen.fill("evenodd");
    pen.stroke();
  }
  pen.setLineDash([]);
}

function borders(pen: Pen, map: MapData, colours: Palette, line: (pixels: number) => number): void {
  pen.lineJoin = "round";
  for (const guarded of [false, true]) {
    pen.strokeStyle = guarded ? colours.guardedBorder : colours.border;
    pen.lineWidth = line(guarded ? 2 : 1);
    for (const state of map.states.filter((one) => one.guarded === guarded)) {
      pen.beginPath();
      trace(pen, state.rings, map.unit_m);
      pen.stroke();
    }
  }
}

function coverage(pen: Pen, map: MapData, level: number, colours: Palette): void {
  const cells = map.coverage[level];
  if (!cells) return;
  const { cell_m: side, columns, rows, seen } = cells;
  pen.fillStyle = colours.coverage;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const sensors = seen[row * columns + column] ?? 0;
      if (sensors === 0) continue;
      pen.globalAlpha = Math.min(0.12 + 0.1 * sensors, 0.5);
      pen.fillRect((column - columns / 2) * side, (row - rows / 2) * side, side, side);
    }
  pen.globalAlpha = 1;
}

type At = (east: number, north: number) => [number, number];

/** Writes a state's name at the middle of what is seen of it, roughly: the mean of its points within the pane. */
function names(pen: Pen, map: MapData, at: At, width: number, height: number, colours: Palette): void {
  pen.font = "600 11px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.fillStyle = colours.muted;
  for (const state of map.states) {
    let [x, y, n] = [0, 0, 0];
    for (const ring of state.rings as unknown as (number | [number, number])[][])
      for (let i = 0; i < ring.length; i += typeof ring[0] === "number" ? 2 : 1) {
        const point = ring[i]!;
        const [px, py] = typeof point === "number" ? at(point * map.unit_m, (ring[i + 1] as number) * map.unit_m) : at(point[0] * map.unit_m, point[1] * map.unit_m);
        if (px < 0 || py < 0 || px > width || py > height) continue;
        [x, y, n] = [x + px, y + py, n + 1];
      }
    if (n > 2) pen.fillText(state.name.toUpperCase(), Math.min(Math.max(x / n, 60), width - 60), Math.min(Math.max(y / n, 20), height - 40));
  }
}

function places(pen: Pen, map: MapData, at: At, scale: number, colours: Palette): void {
  pen.font = "11px system-ui, sans-serif";
  pen.textAlign = "left";
  for (const place of map.places) {
    const [x, y] = at(place.at[0] * map.unit_m, place.at[1] * map.unit_m);
    pen.strokeStyle = pen.fillStyle = place.kind === "site" ? colours.alarm : colours.muted;
    pen.lineWidth = 1.25;
    pen.beginPath();
    if (place.kind === "site") pen.arc(x, y, Math.max(place.radius_m * scale, 4), 0, 7);
    else if (place.kind === "town") pen.arc(x, y, 2, 0, 7);
    else pen.rect(x - 3, y - 3, 6, 6);
    pen.stroke();
    if (place.kind === "base") pen.fill();
    pen.fillStyle = colours.muted;
    if (scale > (place.kind === "town" || place.kind === "airport" ? 0.002 : 0.0008)) pen.fillText(place.title, x + 7, y + 4);
  }
  for (const sensor of map.sensors) {
    const [x, y] = at(sensor.at[0] * map.unit_m, sensor.at[1] * map.unit_m);
    pen.strokeStyle = colours.muted;
    pen.beginPath();
    pen.arc(x, y, 5, Math.PI * 1.15, Math.PI * 1.85);
    pen.moveTo(x, y - 5);
    pen.lineTo(x, y + 4);
    pen.stroke();
  }
}

function ruler(pen: Pen, scale: number, width: number, height: number, colours: Palette): void {
  const km = [1, 2, 5, 10, 20, 50, 100, 200].find((one) => one * 1000 * scale > width / 9) ?? 200;
  const length = km * 1000 * scale;
  pen.strokeStyle = pen.fillStyle = colours.ink;
  pen.lineWidth = 1.5;
  pen.textAlign = "left";
  pen.font = "11px system-ui, sans-serif";
  pen.beginPath();
  pen.moveTo(12, height - 16);
  pen.lineTo(12, height - 12);
  pen.lineTo(12 + length, height - 12);
  pen.lineTo(12 + length, height - 16);
  pen.stroke();
  pen.fillText(`${km} km`, 17 + length, height - 9);
}
