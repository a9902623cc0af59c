/** A figure of one option in words: its estimate with the interval, and its difference from the base. */

import { number, percent, signed, times } from "../format";
import { Interval, Num } from "../parts/num";
import type { Figure, FigureOfOption } from "../report";
import { NoneSeen, Share } from "./shares";

export function Estimated({ figure, option, of }: { figure: Figure; option: string; of: FigureOfOption }) {
  const { estimate, nights_with_any: share } = of;
  if (share) return <Share figure={figure.name} option={option} of={share} />;
  if (!estimate || estimate.n === 0) return <span class="muted">nothing to count</span>;
  if (estimate.none_seen) return <NoneSeen figure={figure.name} option={option} n={estimate.n} bound={estimate.share_below ?? null} />;
  // Only of a mean: a median may have an interval without width though nights differ.
  const same = figure.reading === "mean" && estimate.low === estimate.high && estimate.value === estimate.low;
  return (
    <>
      {same && estimate.value !== null
        ? <><strong><Num of={{ figure: figure.name, option, field: "estimate.value" }} value={estimate.value} unit={figure.unit} /></strong> every night</>
        : <Interval figure={figure.name} option={option} field="estimate" of={estimate} unit={figure.unit} />}
    </>
  );
}

export function Against({ figure, option, of }: { figure: Figure; option: string; of: FigureOfOption }) {
  const { against_base: against } = of;
  if (!against) return <span class="muted">the base</span>;
  if (of.differing === 0) return <span class="muted">alike in every night</span>;
  const { difference, ratio, shift } = against, name = figure.name;
  if (difference) return <Interval figure={name} option={option} field="difference" of={difference} as={signed} unit={figure.unit} />;
  if (shift) return <>higher in <Nights figure={name} option={option} side="higher" of={shift.higher} />, lower in <Nights figure={name} option={option} side="lower" of={shift.lower} /> of <Num of={{ figure: name, option, field: "shift.higher.n" }} value={shift.higher.n} /> nights</>;
  if (!ratio) return <span class="muted">none</span>;
  const from = (field: string) => ({ figure: name, option, field: `ratio.${field}` });
  return (
    <>
      {ratio.value !== null ? <Interval figure={name} option={option} field="ratio" of={ratio} as={times} />
        : ratio.below !== null ? <>below <Num of={from("below")} value={ratio.below} as={times} /></>
        : ratio.above !== null ? <>above <Num of={from("above")} value={ratio.above} as={times} /></>
        : <span class="muted">no ratio: seen under neither</span>}
      {ratio.few && <small class="muted"> few nights with any: rough</small>}
    </>
  );
}

/** In how many nights an option stands higher or lower, with the interval of that share, or the bound where none was seen. */
function Nights({ figure, option, side, of }: { figure: string; option: string; side: "higher" | "lower"; of: { k: number; low: number | null; high: number } }) {
  const num = (end: "low" | "high") => <Num of={{ figure, option, field: `shift.${side}.${end}` }} value={of[end]} as={percent} />;
  return <><Num of={{ figure, option, field: `shift.${side}.k` }} value={of.k} /> ({of.low === null ? <>fewer than {num("high")}</> : <>{num("low")} to {num("high")}</>})</>;
}

/** The same, without marks, for a label. */
export function sentence(figure: Figure, title: string, of: FigureOfOption): string {
  const { estimate, nights_with_any: share } = of;
  if (share) return `${title}: ${share.k === 0 ? `none seen in ${share.n} nights` : `in ${share.k} of ${share.n} nights`}`;
  if (!estimate || estimate.value === null) return `${title}: nothing to count`;
  if (estimate.none_seen) return `${title}: none seen in ${estimate.n} nights`;
  const ends = estimate.low !== null && estimate.high !== null ? `, interval ${number(estimate.low)} to ${number(estimate.high)}` : "";
  return `${title}: ${number(estimate.value)} ${figure.unit}${ends}`;
}
