/** The tornado: how far each assumed number moves an option's difference from the base, the furthest first. */

import { useState } from "preact/hooks";
import { signed } from "../format";
import { Behind } from "../parts/behind";
import { Interval, Num } from "../parts/num";
import type { Moved, Report, Stress } from "../report";
import { Axis } from "./bars";
import { linear } from "./scale";

type Tried = Stress["tried"][number];

export function Tornado({ of, report }: { of: Stress; report: Report }) {
  const ids = [...new Set(of.tried.flatMap((one) => Object.keys(one.options)))];
  const [chosen, choose] = useState(ids[0] ?? ""), [figure, measure] = useState(of.figure);
  const title = (id: string) => report.options.find((one) => one.id === id)?.title ?? id;
  const moved = (one: Tried) => one.figures[figure]?.[chosen];
  const reach = (one: Tried) => Math.abs((moved(one)?.high.value ?? 0) - (moved(one)?.low.value ?? 0));
  const rows = of.tried.filter(moved).toSorted((a, b) => reach(b) - reach(a));
  const scale = linear(rows.flatMap((one) => { const { as_run, low, high } = moved(one)!; return [as_run.value, low.value, high.value]; }), true, 6);
  return (
    <figure class="tornado">
      <figcaption>
        <b>Difference from “{title(of.base)}”</b>{" "}
        <label class="no-print">in <select value={figure} onChange={(event) => measure(event.currentTarget.value)}>{of.figures.map(({ name, label }) => <option key={name} value={name}>{label}</option>)}</select></label>{" "}
        <label class="no-print">under <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>{ids.map((id) => <option key={id} value={id}>{title(id)}</option>)}</select></label>
      </figcaption>
      {rows.map((one) => <Row key={one.place} one={one} moved={moved(one)!} from={{ figure: `stress/${figure}/${one.place}`, option: chosen }} scale={scale} />)}
      <div class="line axes"><span /><Axis scale={scale} as={signed} /><span /></div>
      <Behind of="numbers tried" make={() => <Table of={of} figure={figure} title={title} />} />
    </figure>
  );
}

function Row({ one, moved, from: { figure, option }, scale }: { one: Tried; moved: Moved; from: { figure: string; option: string }; scale: ReturnType<typeof linear> }) {
  const { as_run, low, high, flips, turns_at } = moved;
  const x = (value: number | null) => scale.at(value ?? 0);
  const [from, to] = [Math.min(x(low.value), x(high.value)), Math.max(x(low.value), x(high.value))];
  const num = (field: string, value: number | null) => <Num of={{ figure, option, field }} value={value} as={signed} />;
  return (
    <div class={flips ? "line flip" : "line"}>
      <span class="name"><code>{one.place}</code> <span class="muted">{one.low} to {one.high}; as run {one.as_run}</span></span>
      <svg role="img" class="bar" height="24" aria-label={`${one.place}: from ${low.value} at ${one.low} to ${high.value} at ${one.high}`}>
        <line x1={`${scale.at(0)}%`} x2={`${scale.at(0)}%`} y1="0" y2="24" class="rule strong" />
        <rect x={`${from}%`} width={`${to - from}%`} y="6" height="12" class="moved" />
        <line x1={`${x(as_run.value)}%`} x2={`${x(as_run.value)}%`} y1="3" y2="21" class="as-run" />
      </svg>
      <span class="told">{num("low.value", low.value)} to {num("high.value", high.value)}{flips && <b class="turns"> turns it round at {turns_at.map((end) => one[end]).join(" and ")}</b>}</span>
    </div>
  );
}

function Table({ of, figure, title }: { of: Stress; figure: string; title: (id: string) => string }) {
  const label = of.figures.find((one) => one.name === figure)?.label ?? of.label;
  return (
    <table>
      <caption>{label}: difference from “{title(of.base)}” as run, and at both ends of each number</caption>
      <thead><tr>{["Number", "Option", "As run", "At the low end", "At the high end", "Turns round", "Why it was tried"].map((one) => <th key={one} scope="col">{one}</th>)}</tr></thead>
      <tbody>
        {of.tried.flatMap((one) => Object.entries(one.figures[figure] ?? {}).map(([option, tried]) => (
          <tr key={`${one.place}/${option}`}>
            <th scope="row"><code>{one.place}</code></th><td>{title(option)}</td>
            {(["as_run", "low", "high"] as const).map((end) => <td key={end}>{one[end]}: <Interval figure={`stress/${figure}/${one.place}`} option={option} field={end} of={tried[end]} as={signed} /></td>)}
            <td>{tried.flips ? "yes" : "no"}</td><td>{one.why}</td>
          </tr>
        )))}
      </tbody>
    </table>
  );
}
