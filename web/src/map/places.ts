/** Names of states, places and sensors, and the ruler. A name that would cover another is left out. */

import { type Sheet, inMetres, inPixels, outline } from "./ground";

const KINDS = ["site", "base", "town", "airport"] as const;
/** From how many pixels a metre on a kind of place has its name. */
const NAMED = { site: 0.0007, base: 0.0007, town: 0.0012, airport: 0.002 };
const FONT = "11px system-ui, sans-serif";
const GRID = 9;

/** Writes each state's name where most of what is seen of it lies. */
export function drawNames(sheet: Sheet): void {
  const { pen, map, width, height, ratio, colours } = sheet;
  pen.font = `600 ${FONT}`;
  pen.textAlign = "center";
  pen.fillStyle = colours.muted;
  for (const state of map.states) {
    inMetres(sheet);
    const path = outline(state.rings, map.unit_m), inside: [number, number][] = [];
    for (let i = 1; i < GRID; i++)
      for (let j = 1; j < GRID; j++) {
        const [x, y] = [(i * width) / GRID, (j * height) / GRID];
        if (pen.isPointInPath(path, x * ratio, y * ratio, "evenodd")) inside.push([x, y]);
      }
    inPixels(sheet);
    if (inside.length < 3) continue;
    const middle = [0, 1].map((axis) => inside.reduce((sum, point) => sum + point[axis]!, 0) / inside.length) as [number, number];
    const far = (point: [number, number]) => Math.hypot(point[0] - middle[0], point[1] - middle[1]);
    pen.fillText(state.name.toUpperCase(), ...inside.reduce((best, point) => (far(point) < far(best) ? point : best)));
  }
}

type Box = [left: number, top: number, right: number, bottom: number];

export function drawPlaces({ pen, map, view, width, height, colours }: Sheet): void {
  const at = ([east, north]: [number, number]): [number, number] => [
    width / 2 + (east * map.unit_m - view.east) * view.scale, height / 2 - (north * map.unit_m - view.north) * view.scale,
  ];
  pen.font = FONT;
  pen.textAlign = "left";
  pen.lineWidth = 1.25;
  const written: Box[] = [];
  for (const place of map.places.toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))) {
    const [x, y] = at(place.at), round = place.kind === "site" ? Math.max(place.radius_m * view.scale, 4) : place.kind === "town" ? 2 : 0;
    pen.strokeStyle = pen.fillStyle = place.kind === "site" ? colours.alarm : colours.muted;
    pen.beginPath();
    if (round) pen.arc(x, y, round, 0, 7);
    else pen.rect(x - 3, y - 3, 6, 6);
    pen.stroke();
    if (place.kind === "base") pen.fill();
    const left = x + 7, box: Box = [left, y - 8, left + pen.measureText(place.title).width, y + 5];
    if (view.scale < NAMED[place.kind] || written.some((one) => box[0] < one[2] && one[0] < box[2] && box[1] < one[3] && one[1] < box[3])) continue;
    written.push(box);
    pen.fillStyle = colours.muted;
    pen.fillText(place.title, left, y + 4);
  }
  pen.strokeStyle = colours.muted;
  for (const sensor of map.sensors) {
    const [x, y] = at(sensor.at);
    pen.beginPath();
    pen.arc(x, y, 5, Math.PI * 1.15, Math.PI * 1.85);
    pen.moveTo(x, y - 5);
    pen.lineTo(x, y + 4);
    pen.stroke();
  }
}

export function drawRuler({ pen, view, width, height, colours }: Sheet): void {
  const km = [1, 2, 5, 10, 20, 50, 100, 200].find((one) => one * 1000 * view.scale > width / 9) ?? 200;
  const length = km * 1000 * view.scale;
  pen.strokeStyle = pen.fillStyle = colours.ink;
  pen.lineWidth = 1.5;
  pen.textAlign = "left";
  pen.font = FONT;
  pen.beginPath();
  pen.moveTo(12, height - 16);
  pen.lineTo(12, height - 12);
  pen.lineTo(12 + length, height - 12);
  pen.lineTo(12 + length, height - 16);
  pen.stroke();
  pen.fillText(`${km} km`, 17 + length, height - 9);
}
