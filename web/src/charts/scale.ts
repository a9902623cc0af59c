/** From values to places along a chart, in percent of its width. */

import { ticks } from "d3-array";

export interface Scale {
  at(value: number): number;
  ticks: number[];
}

const EDGE = 3; // percent, so that marks at the ends are whole

/** A straight scale that holds all values and zero where `zero` says so. */
export function linear(values: (number | null | undefined)[], zero: boolean, count = 4): Scale {
  const known = values.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
  let low = Math.min(...known, ...(zero ? [0] : [])), high = Math.max(...known, ...(zero ? [0] : []));
  if (!(low < high)) [low, high] = [Math.min(low, 0) || 0, Math.max(high, 1) || 1];
  const at = (value: number) => EDGE + ((100 - 2 * EDGE) * (value - low)) / (high - low);
  return { at, ticks: ticks(low, high, count) };
}

/** A scale of ratios: as far to a half as to double. Holds one, and is open at both ends for bounds. */
export function ratios(values: (number | null | undefined)[]): Scale {
  const known = values.filter((value): value is number => typeof value === "number" && value > 0);
  const most = Math.max(2, ...known.map((value) => Math.max(value, 1 / value))) * 1.3;
  const half = Math.log(most);
  const at = (value: number) => 50 + (50 - EDGE) * Math.min(Math.max(Math.log(value) / half, -1), 1);
  const marks = [1000, 100, 10, most < 20 ? 5 : 0, most < 20 ? 2 : 0].filter((one) => one > 1 && one <= most);
  return { at, ticks: [...marks.map((one) => 1 / one), 1, ...marks.toReversed()] };
}
