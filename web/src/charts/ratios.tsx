/** Wrongful engagement between options, as ratios on a logarithmic axis: never alone as a rate. */

import { capital, times } from "../format";
import type { Comparison, Figure } from "../report";
import { Axis, Bar, Key } from "./bars";
import { ratios } from "./scale";
import { Against, Estimated } from "./told";

export function Ratios({ figures, of }: { figures: Figure[]; of: Comparison }) {
  const others = of.options.filter((option) => option.id !== of.base);
  const base = of.options.find((one) => one.id === of.base)?.title ?? of.base;
  const told = figures.flatMap((figure) => others.map((option) => figure.options[option.id]?.against_base?.ratio));
  const scale = ratios(told.flatMap((one) => [one?.low, one?.high, one?.value, one?.below, one?.above]));
  return (
    <div class="ratios">
      {figures.map((figure) => (
        <figure class="chart ratio" key={figure.name} data-chart={figure.name}>
          <figcaption><b>{capital(figure.label)}</b></figcaption>
          {of.options.map((option, place) => {
            const one = figure.options[option.id];
            if (!one) return null;
            const ratio = one.against_base?.ratio ?? null;
            return (
              <div class="line" key={option.id}>
                <span class="name"><Key option={place} /> {option.title}</span>
                <span class="told seen"><Estimated figure={figure} option={option.id} of={one} /></span>
                {option.id === of.base ? <span class="none" /> : <Bar scale={scale} of={one.differing ? ratio : null} option={place} rule={1} label={`${option.title} against ${base}: ${said(ratio)}`} />}
                <span class="told"><Against figure={figure} option={option.id} of={one} /></span>
              </div>
            );
          })}
        </figure>
      ))}
      <div class="chart ratio"><div class="line axes"><span /><span /><Axis scale={scale} as={(value) => (value < 1 ? `1/${Math.round(1 / value)}` : times(value))} /><span /></div></div>
      <p class="muted axis-told">Ratio to {base}: left of ×1 is fewer, right is more. An arrow is a bound: one of the two was never seen.</p>
    </div>
  );
}

function said(ratio: { value: number | null; below: number | null; above: number | null } | null): string {
  if (!ratio) return "no ratio";
  if (ratio.value !== null) return times(ratio.value);
  return ratio.below !== null ? `below ${times(ratio.below)}` : ratio.above !== null ? `above ${times(ratio.above)}` : "no ratio, seen under neither";
}
