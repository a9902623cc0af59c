/** What part of the area is seen: both panes share it. */

import type { Film } from "../decode";
import type { MapData } from "../report";

/** Centre in metres, and pixels a metre. `seen` grows with every change. */
export interface View {
  east: number;
  north: number;
  scale: number;
  seen: number;
}

export const LEAST_M = 2_000;

/** Changes the scale about a point of the pane (pixels from its middle), within what makes sense. */
export function zoom(view: View, map: MapData, width: number, factor: number, x = 0, y = 0): void {
  const least = width / (3 * Math.max(map.half_width_m, map.half_height_m));
  const scale = Math.min(Math.max(view.scale * factor, least), width / LEAST_M);
  view.east += x / view.scale - x / scale;
  view.north -= y / view.scale - y / scale;
  view.scale = scale;
  pan(view, map, 0, 0);
}

/** Moves by pixels, and not beyond the area. */
export function pan(view: View, map: MapData, x: number, y: number): void {
  const within = (value: number, half: number) => Math.min(Math.max(value, -half), half);
  view.east = within(view.east - x / view.scale, map.half_width_m);
  view.north = within(view.north + y / view.scale, map.half_height_m);
  view.seen++;
}

/** Shows as much of the area as what matters in a film needs: where intruders and whoever has a story were. */
export function fit(view: View, map: MapData, film: Film | null, width: number, height: number): void {
  let [west, east, south, north] = [-map.half_width_m, map.half_width_m, -map.half_height_m, map.half_height_m];
  const box = film && action(film, map.unit_m);
  if (box) [west, east, south, north] = [Math.max(west, box[0]), Math.min(east, box[1]), Math.max(south, box[2]), Math.min(north, box[3])];
  view.east = (west + east) / 2;
  view.north = (south + north) / 2;
  view.scale = Math.min(width / Math.max(east - west, 20_000), height / Math.max(north - south, 20_000));
  view.seen++;
}

function action(film: Film, unit: number): [number, number, number, number] | null {
  const { header, values, at } = film;
  const matters = new Set(header.own.flatMap((own) => Object.keys(own.stories).map(Number)));
  const box: [number, number, number, number] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [aircraft, series] of [...header.truth, ...header.own.flatMap((own) => own.truth)]) {
    const part = header.aircraft[aircraft]?.part;
    if (part !== "intruder" && !(matters.has(aircraft) && part === "friendly_drone")) continue;
    const n = header.series[series]!.n, start = at[series]!;
    for (let k = 0; k < n; k++) {
      box[0] = Math.min(box[0], values[start + k]! * unit);
      box[1] = Math.max(box[1], values[start + k]! * unit);
      box[2] = Math.min(box[2], values[start + n + k]! * unit);
      box[3] = Math.max(box[3], values[start + n + k]! * unit);
    }
  }
  if (box[0] > box[1]) return null;
  const margin = 10_000 + 0.06 * Math.max(box[1] - box[0], box[3] - box[2]);
  return [box[0] - margin, box[1] + margin, box[2] - margin, box[3] + margin];
}
