/** What an aircraft really is, as small shapes of our own; the nose is up. Drawn once for each heading of 10 degrees. */

export const LOOKS = [
  "civil", "own-or-allied-military", "foreign-military", "one-way-attack-type", "other-uncrewed", "balloon", "bird",
  "not-established",
] as const;

/** Paths in a square of 20, its middle at 0, 0. */
export const PATHS: Record<string, string> = {
  civil: "M0-9 1.6-6 1.6-2 8.5 2.5 8.5 4.5 1.6 2.5 1.2 6.5 3.5 8.5 3.5 9.5 0 8.8-3.5 9.5-3.5 8.5-1.2 6.5-1.6 2.5-8.5 4.5-8.5 2.5-1.6-2-1.6-6Z",
  "own-or-allied-military": "M0-9 2-3 8 5 8 7 2 6 3 9-3 9-2 6-8 7-8 5-2-3Z",
  "foreign-military": "M0-9 2-3 8 3 3 4 5 9 0 7-5 9-3 4-8 3-2-3Z",
  "one-way-attack-type": "M0-9 8.5 7-8.5 7Z",
  "other-uncrewed": "M-8-1.6-1.6-1.6-1.6-8 1.6-8 1.6-1.6 8-1.6 8 1.6 1.6 1.6 1.6 8-1.6 8-1.6 1.6-8 1.6Z",
  balloon: "M0-8A6 6.5 0 0 1 2 4.2L2 8-2 8-2 4.2A6 6.5 0 0 1 0-8Z",
  bird: "M0 4C-2-2-6-4-9-2-5-6-2-5 0-1 2-5 5-6 9-2 6-4 2-2 0 4Z",
  "not-established": "M0-6 6 0 0 6-6 0Z",
};
const HEADINGS = 36;
const made = new Map<string, ImageBitmap[]>();

/** Returns the sprites of a shape, by tens of degrees, in a colour with a halo. */
export function shape(look: string, colour: string, halo: string, size: number, ratio: number): ImageBitmap[] {
  const key = `${look}/${colour}/${halo}/${size}/${ratio}`;
  let turned = made.get(key);
  if (!turned) {
    const path = new Path2D(PATHS[look] ?? PATHS["not-established"]);
    turned = Array.from({ length: HEADINGS }, (_, heading) => drawn(path, heading, colour, halo, size, ratio));
    made.set(key, turned);
  }
  return turned;
}

/** Returns which sprite shows a course over ground. */
export function heading(eastward: number, northward: number): number {
  const turn = Math.atan2(eastward, northward) / (2 * Math.PI);
  return Math.round((turn + 1) * HEADINGS) % HEADINGS;
}

function drawn(path: Path2D, turn: number, colour: string, halo: string, size: number, ratio: number): ImageBitmap {
  const side = Math.ceil((size + 4) * ratio), canvas = new OffscreenCanvas(side, side);
  const pen = canvas.getContext("2d")!;
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.scale((size / 20) * ratio, (size / 20) * ratio);
  pen.rotate((turn * 2 * Math.PI) / HEADINGS);
  pen.lineWidth = 60 / size;
  pen.lineJoin = "round";
  pen.strokeStyle = halo;
  pen.stroke(path);
  pen.fillStyle = colour;
  pen.fill(path);
  return canvas.transferToImageBitmap();
}
