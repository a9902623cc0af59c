/** A ruling opened: what was permitted by whom, what was withheld and why, what would have turned it, on what evidence. */

import { duration } from "../format";
import type { Entry } from "../film";

export function RulingOf({ entry }: { entry: Entry }) {
  return (
    <div class="opened">
      {entry.withheld?.map((one) => (
        <div key={one.action} class="withheld">
          <p><b>{one.action}</b> is withheld</p>
          <dl>
            <List name="still missing" of={one.missing} />
            <List name="forbidden by" of={one.forbidden_by} />
            <List name="caveat of" of={one.caveats} />
          </dl>
        </div>
      ))}
      {entry.permitted?.map((one) => (
        <p key={one.action} class="permitted"><b>{one.action}</b> is permitted{one.authorities.length > 0 && <>, by {one.authorities.join(", ")}</>}{one.rules.length > 0 && <> <small>({one.rules.join(", ")})</small></>}</p>
      ))}
      {entry.flips && <Flips of={entry.flips} />}
      {entry.evidence && <Evidence of={entry.evidence} />}
    </div>
  );
}

function List({ name, of }: { name: string; of: string[] }) {
  if (!of.length) return null;
  return <div><dt>{name}</dt><dd><ul>{of.map((one) => <li key={one}>{one}</li>)}</ul></dd></div>;
}

function Flips({ of }: { of: NonNullable<Entry["flips"]> }) {
  return (
    <div class="flipped">
      <p>What would have turned it round</p>
      {of.length ? (
        <ul>
          {of.map((flip, place) => (
            <li key={place}>
              {flip.to === "permitted" ? "Force permitted, if" : "Force withheld, if"}{" "}
              {flip.changes.map((change, at) => (
                <span key={change.item}>{at > 0 && " and "}<code>{change.item}</code> had been <b>{change.to}</b> instead of {change.from}</span>
              ))}
            </li>
          ))}
        </ul>
      ) : <p class="muted">No one or two items of evidence that were tried.</p>}
    </div>
  );
}

function Evidence({ of }: { of: NonNullable<Entry["evidence"]> }) {
  return (
    <table class="evidence">
      <caption>What was known then</caption>
      <thead><tr><th scope="col">Item</th><th scope="col">Value</th><th scope="col">From</th><th scope="col">Age</th></tr></thead>
      <tbody>
        {of.map((one) => (
          <tr key={one.item}>
            <th scope="row">{one.item}</th><td>{one.value}</td><td>{one.source}</td><td>{one.age_s === null ? "" : duration(one.age_s)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
