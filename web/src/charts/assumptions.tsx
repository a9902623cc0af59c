/** What the conclusion rests on: the numbers that moved it most when tried, and all that are assumed. */

import { useState } from "preact/hooks";
import { words } from "../format";
import { Behind } from "../parts/behind";
import { Section } from "../parts/section";
import type { Report, Stress } from "../report";
import { Tornado } from "./tornado";

export function Assumptions({ report }: { report: Report }) {
  const { assumptions, stress } = report;
  const labels = new Map(report.comparison?.groups.flatMap((group) => group.figures.map((one) => [one.name, one.label])));
  const label = (name: string) => labels.get(name) ?? words(name);
  const bearing = assumptions.filter((one) => one.bears_on.length);
  return (
    <Section id="assumptions" title="What moves the conclusion most"
      lead={stress ? `Each number at the ends of its range, one at a time, over ${nightsOf(stress)}.` : "No assumed number was tried at the ends of its range. These bear on the figures above by what they are."}>
      {stress && <Tornado of={stress} report={report} />}
      {bearing.length > 0 && (
        <ul class="bearing">
          {bearing.map((one) => <li key={one.place}><code>{one.place}</code> <b>{one.value}</b> <span class="muted">bears on {one.bears_on.map(label).join(", ")}</span></li>)}
        </ul>
      )}
      {assumptions.length > 0 && <Behind of="assumed numbers" make={() => <All report={report} label={label} />} />}
    </Section>
  );
}

function nightsOf({ nights, beforehand: by }: Stress) {
  if (!by) return `${nights} nights`;
  const code = by.same_code ? "" : ` with holdfire ${by.version}`;
  return `${nights} nights of seed ${by.seed}, rehearsed beforehand${code}: not the nights of this page`;
}

const FEW = 100;

function All({ report, label }: { report: Report; label: (name: string) => string }) {
  const { assumptions } = report;
  const [most, set] = useState(FEW);
  return (
    <>
      <table>
        <caption>{assumptions.length} numbers that no public source gives</caption>
        <thead><tr><th scope="col">Where</th><th scope="col">Value</th><th scope="col">Bears on</th></tr></thead>
        <tbody>{assumptions.slice(0, most).map((one) => <tr key={one.place}><th scope="row"><code>{one.place}</code></th><td>{one.value}</td><td>{one.bears_on.map(label).join(", ")}</td></tr>)}</tbody>
      </table>
      {assumptions.length > most && <button type="button" class="quiet" onClick={() => set(assumptions.length)}>All {assumptions.length}</button>}
    </>
  );
}
