/** Where everyone was in the last ten minutes. Drawn anew only every so often: trails are long and change little. */

import type { Film } from "../decode";
import type { Movers } from "./cast";
import type { Pen } from "./ground";
import type { View } from "./view";

const POINTS = 60;
/** Every 30 s; of traffic, which mostly flies straight, every minute. */
const STRIDE = [3, 6] as const;

/** Draws trails in the colours that `colour` gives, one stroke for each colour. `whole` is a mover whose trail is not cut. */
export function drawTrails(
  pen: Pen, film: Film, of: Movers, view: View, width: number, height: number, t: number,
  traffic: boolean, colours: string[], colour: (mover: number) => number, whole: (mover: number) => boolean,
): void {
  const { values } = film, unit = film.header.unit_m * view.scale;
  const left = width / 2 - view.east * view.scale, top = height / 2 + view.north * view.scale;
  const now = Math.floor(t / film.header.step_s);
  for (let ink = 0; ink < colours.length; ink++) {
    pen.beginPath();
    for (let i = 0; i < of.count; i++) {
      if (colour(i) !== ink || !of.there[i] || (of.traffic[i] && !traffic)) continue;
      const n = of.n[i]!, here = Math.min(now - of.first[i]!, n - 1), e = of.at[i]!, v = e + n;
      const x = left + unit * values[e + here]!, y = top - unit * values[v + here]!;
      if (x < -80 || y < -80 || x > width + 80 || y > height + 80) continue;
      pen.moveTo(x, y);
      const from = whole(i) ? 0 : Math.max(here - POINTS, 0), stride = STRIDE[of.traffic[i] ? 1 : 0];
      for (let k = here - stride; k > from; k -= stride) pen.lineTo(left + unit * values[e + k]!, top - unit * values[v + k]!);
      pen.lineTo(left + unit * values[e + from]!, top - unit * values[v + from]!);
    }
    pen.strokeStyle = colours[ink]!;
    pen.stroke();
  }
}

