/** Marks of charts: an interval with its middle, in the colour and the shape of its option. */

import type { Scale } from "./scale";

const SHAPES = [
  "M-4.5 0A4.5 4.5 0 1 0 4.5 0 4.5 4.5 0 1 0-4.5 0Z", "M-4-4 4-4 4 4-4 4Z", "M0-5.5 5 4-5 4Z", "M0-6 6 0 0 6-6 0Z", "M0 5.5 5-4-5-4Z",
  "M-5-1.7-1.7-1.7-1.7-5 1.7-5 1.7-1.7 5-1.7 5 1.7 1.7 1.7 1.7 5-1.7 5-1.7 1.7-5 1.7Z",
];

/** A mark that tells an option by shape and colour. */
export function Mark({ option, x, y = 0 }: { option: number; x?: string; y?: number | string }) {
  return <svg x={x ?? "0"} y={y} overflow="visible"><path d={SHAPES[option % SHAPES.length]} class={`option-${option % 6}`} /></svg>;
}

export function Key({ option }: { option: number }) {
  return <svg class="key" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true"><Mark option={option} /></svg>;
}

export interface Span {
  value: number | null | undefined;
  low: number | null | undefined;
  high: number | null | undefined;
  /** Bounds without a middle: the value lies below, or above. */
  below?: number | null | undefined;
  above?: number | null | undefined;
}

/** One row of a chart: its interval on a scale, with a line at `rule`. */
export function Bar({ scale, of, option, label, rule }: { scale: Scale; of: Span | null; option: number; label: string; rule?: number }) {
  const percent = (value: number) => `${scale.at(value)}%`;
  const known = (value: number | null | undefined): value is number => value !== null && value !== undefined;
  return (
    <svg class="bar" role="img" aria-label={label} height="20">
      {scale.ticks.map((tick) => <line key={tick} x1={percent(tick)} x2={percent(tick)} y1="0" y2="20" class={tick === rule ? "rule strong" : "rule"} />)}
      {of && known(of.low) && known(of.high) && <line x1={percent(of.low)} x2={percent(of.high)} y1="10" y2="10" class={`span option-${option % 6}`} />}
      {of && known(of.value) && <Mark option={option} x={percent(of.value)} y={10} />}
      {of && known(of.below) && <Arrow from={percent(of.below)} to="0" option={option} turn="" />}
      {of && known(of.above) && <Arrow from={percent(of.above)} to="100%" option={option} turn="scale(-1 1)" />}
    </svg>
  );
}

function Arrow({ from, to, option, turn }: { from: string; to: string; option: number; turn: string }) {
  return (
    <>
      <line x1={from} x2={to} y1="10" y2="10" class={`span dashed option-${option % 6}`} />
      <line x1={from} x2={from} y1="5" y2="15" class={`span option-${option % 6}`} />
      <svg x={to} y="10" overflow="visible"><path d="M0 0 9-4.5 9 4.5Z" transform={turn} class={`option-${option % 6}`} /></svg>
    </>
  );
}

export function Axis({ scale, as }: { scale: Scale; as: (value: number) => string }) {
  return (
    <svg class="axis" height="18" aria-hidden="true">
      {scale.ticks.map((tick) => <text key={tick} x={`${scale.at(tick)}%`} y="13" text-anchor={scale.at(tick) < 6 ? "start" : scale.at(tick) > 94 ? "end" : "middle"}>{as(tick)}</text>)}
    </svg>
  );
}
