/** Standard symbols of the air (APP-6, MIL-STD-2525E), made once for each identity and kind. */

import { ms, numberair } from "milsymbol";
import { IDENTITIES } from "../film";

ms.addIcons(numberair);

/** Standard identity in a symbol's code, in the order of IDENTITIES. */
const DIGIT = [0, 1, 2, 3, 4, 5, 6] as const;
/** Only what our own side knows of itself: what others fly is what the picture has to find out. */
const ENTITY: Record<string, string> = { fighter: "110104", early_warning: "110116", tanker: "110109" };
const made = new Map<string, ImageBitmap>();

function symbol(identity: number, part: string, size: number) {
  const ours = identity === IDENTITIES.indexOf("friend") || identity === IDENTITIES.indexOf("assumed-friend");
  const code = `130${DIGIT[identity] ?? 1}010000${(ours && ENTITY[part]) || "000000"}0000`;
  return new ms.Symbol(code, { size, strokeWidth: 7, outlineWidth: 3, outlineColor: "rgba(255,255,255,0.9)", fillOpacity: 0.88 });
}

/** Returns a symbol to be drawn about its middle, at so many device pixels a pixel. */
export function sprite(identity: number, part: string, size: number, ratio: number): ImageBitmap {
  const key = `${identity}/${ENTITY[part] ? part : ""}/${size}/${ratio}`;
  const known = made.get(key);
  if (known) return known;
  const canvas = symbol(identity, part, size).asCanvas(ratio);
  // A bitmap is drawn several times faster than a canvas, and a frame has hundreds of them.
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  copy.getContext("2d")!.drawImage(canvas, 0, 0);
  const drawn = copy.transferToImageBitmap();
  made.set(key, drawn);
  return drawn;
}

/** Returns a symbol as the address of an image, for the legend. */
export function image(identity: number, part = ""): string {
  return symbol(identity, part, 18).toDataURL();
}
