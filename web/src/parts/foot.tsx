/** Where it all comes from, how to make it again, and whose work the page is built of. */

import milsymbol from "../../node_modules/milsymbol/LICENSE?raw";
import preact from "../../node_modules/preact/LICENSE?raw";
import d3 from "../../node_modules/d3-array/LICENSE?raw";
import internmap from "../../node_modules/internmap/LICENSE?raw";
import type { Report } from "../report";
import { Behind } from "./behind";
import { Section } from "./section";

const LICENCES = { milsymbol, preact, "d3-array": d3, internmap };

const FEW = 4;

function Facts({ of }: { of: [string, string][] }) {
  return (
    <table>
      <caption>What the numbers were made of: versions, and SHA-256 of what was read</caption>
      <tbody>{of.map(([name, value]) => <tr key={name}><th scope="row">{name}</th><td><code>{value}</code></td></tr>)}</tbody>
    </table>
  );
}

export function Foot({ report }: { report: Report }) {
  return (
    <>
      {report.bibliography.length > 0 && (
        <Section id="bibliography" title="Bibliography"><ol class="bibliography">{report.bibliography.map((one) => <li key={one}>{one}</li>)}</ol></Section>
      )}
      <Section id="again" title="Make it again" lead="The same commands on the same version give the same numbers, digit for digit.">
        {report.again.commands.length > 0 && <pre tabIndex={0} aria-label="Commands">{report.again.commands.join("\n")}</pre>}
        <dl class="strip digests">{report.again.facts.slice(0, FEW).map(([name, value]) => <div key={name}><dt>{name}</dt><dd><code>{value}</code></dd></div>)}</dl>
        {report.again.facts.length > FEW && <Behind of="versions and digests" make={() => <Facts of={report.again.facts} />} />}
      </Section>
      <footer>
        <p>Written by holdfire {report.holdfire}. Archetypes, not the rules in force of any state. Not for navigation or legal delimitation.</p>
        <details class="no-print">
          <summary>Licences of what this page is built of</summary>
          {Object.entries(LICENCES).map(([name, text]) => <div key={name}><h3>{name}</h3><pre tabIndex={0} aria-label={`Licence of ${name}`}>{text.trim()}</pre></div>)}
        </details>
      </footer>
    </>
  );
}
