/** A figure as a chart: a row for each option, its interval on the left, its paired difference from the base on the right. */

import type { Comparison, Figure } from "../report";
import { capital, number, signed } from "../format";
import { Axis, Bar, Key } from "./bars";
import { linear } from "./scale";
import { Against, Estimated, sentence } from "./told";

/** How readings are drawn: none seen has no middle, so only words are shown. */
export function FigureChart({ figure, of }: { figure: Figure; of: Comparison }) {
  const each = of.options.map((option) => ({ option, told: figure.options[option.id]! })).filter(({ told }) => told);
  const left = linear(each.flatMap(({ told }) => [told.estimate?.low, told.estimate?.high, told.estimate?.value]), figure.reading === "mean");
  const right = linear(each.flatMap(({ told }) => { const d = told.against_base?.difference; return [d?.low, d?.high, d?.value]; }), true);
  const base = of.options.find((one) => one.id === of.base)?.title ?? of.base;
  return (
    <figure class="chart" data-chart={figure.name}>
      <figcaption><b>{capital(figure.label)}</b> <span class="muted">{[figure.reading === "median" ? "median" : "mean a night", figure.unit].filter(Boolean).join(", ")}</span></figcaption>
      {each.map(({ option, told }, place) => {
        const seen = told.estimate?.none_seen ? null : (told.estimate ?? null), difference = told.against_base?.difference ?? null;
        return (
          <div class="line" key={option.id}>
            <span class="name"><Key option={place} /> {option.title}</span>
            <Bar scale={left} of={seen} option={place} label={sentence(figure, option.title, told)} />
            <span class="told"><Estimated figure={figure} option={option.id} of={told} /></span>
            {option.id === of.base ? <span class="none" /> : <Bar scale={right} of={told.differing ? difference : null} option={place} rule={0} label={`${option.title} against ${base}${difference?.value == null ? "" : `: ${signed(difference.value)} ${figure.unit}`}`} />}
            <span class="told"><Against figure={figure} option={option.id} of={told} /></span>
          </div>
        );
      })}
      <div class="line axes"><span /><Axis scale={left} as={number} /><span /><Axis scale={right} as={signed} /><span /></div>
    </figure>
  );
}
