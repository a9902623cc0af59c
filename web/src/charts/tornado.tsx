/** The tornado: how far each assumed number moves an option's difference from the base, the furthest first. */

import { useState } from "preact/hooks";
import { signed } from "../format";
import { Behind } from "../parts/behind";
import { Interval, Num } from "../parts/num";
import type { Report, Stress } from "../report";
import { Axis } from "./bars";
import { linear } from "./scale";

type Tried = Stress["tried"][number];

export function Tornado({ of, report }: { of: Stress; report: Report }) {
  const ids = [...new Set(of.tried.flatMap((one) => Object.keys(one.options)))];
  const [chosen, set] = useState(ids[0] ?? "");
  const title = (id: string) => report.options.find((one) => one.id === id)?.title ?? id;
  const reach = (one: Tried) => Math.abs((one.options[chosen]?.high.value ?? 0) - (one.options[chosen]?.low.value ?? 0));
  const rows = of.tried.filter((one) => one.options[chosen]).toSorted((a, b) => reach(b) - reach(a));
  const scale = linear(rows.flatMap((one) => { const { as_run, low, high } = one.options[chosen]!; return [as_run.value, low.value, high.value]; }), true, 6);
  return (
    <figure class="tornado">
      <figcaption>
        <b>Difference in {of.label} from the base</b>{" "}
        <label class="no-print">under <select value={chosen} onChange={(event) => set(event.currentTarget.value)}>{ids.map((id) => <option key={id} value={id}>{title(id)}</option>)}</select></label>
      </figcaption>
      {rows.map((one) => <Row key={one.place} one={one} option={chosen} scale={scale} />)}
      <div class="line axes"><span /><Axis scale={scale} as={signed} /><span /></div>
      <Behind of="numbers tried" make={() => <Table of={of} title={title} />} />
    </figure>
  );
}

function Row({ one, option, scale }: { one: Tried; option: string; scale: ReturnType<typeof linear> }) {
  const { as_run, low, high, flips } = one.options[option]!;
  const x = (value: number | null) => scale.at(value ?? 0);
  const [from, to] = [Math.min(x(low.value), x(high.value)), Math.max(x(low.value), x(high.value))];
  const num = (field: string, value: number | null) => <Num of={{ figure: `stress/${one.place}`, option, field }} value={value} as={signed} />;
  return (
    <div class={flips ? "line flip" : "line"}>
      <span class="name"><code>{one.place}</code> <span class="muted">{one.low} to {one.high}; as run {one.as_run}</span></span>
      <svg role="img" class="bar" height="24" aria-label={`${one.place}: from ${low.value} at ${one.low} to ${high.value} at ${one.high}`}>
        <line x1={`${scale.at(0)}%`} x2={`${scale.at(0)}%`} y1="0" y2="24" class="rule strong" />
        <rect x={`${from}%`} width={`${to - from}%`} y="6" height="12" class="moved" />
        <line x1={`${x(as_run.value)}%`} x2={`${x(as_run.value)}%`} y1="3" y2="21" class="as-run" />
      </svg>
      <span class="told">{num("low.value", low.value)} to {num("high.value", high.value)}{flips && <b class="turns"> turns it round</b>}</span>
    </div>
  );
}

function Table({ of, title }: { of: Stress; title: (id: string) => string }) {
  return (
    <table>
      <caption>Difference in {of.label} from the base: as run, and at both ends of each number</caption>
      <thead><tr><th scope="col">Number</th><th scope="col">Option</th><th scope="col">As run</th><th scope="col">At the low end</th><th scope="col">At the high end</th><th scope="col">Turns round</th></tr></thead>
      <tbody>
        {of.tried.flatMap((one) => Object.entries(one.options).map(([option, tried]) => (
          <tr key={`${one.place}/${option}`}>
            <th scope="row"><code>{one.place}</code></th><td>{title(option)}</td>
            {(["as_run", "low", "high"] as const).map((end) => <td key={end}>{one[end]}: <Interval figure={`stress/${one.place}`} option={option} field={end} of={tried[end]} as={signed} /></td>)}
            <td>{tried.flips ? "yes" : "no"}</td>
          </tr>
        )))}
      </tbody>
    </table>
  );
}
