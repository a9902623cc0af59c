/** A ruling opened: what was withheld and why, what was permitted by whom, what would have turned it, on what evidence. */

import type { ComponentChildren } from "preact";
import type { Entry, Own } from "../film";
import { duration } from "../format";

type Withheld = NonNullable<Entry["withheld"]>[number];
type Rules = Own["rules"];

export function RulingOf({ entry, rules }: { entry: Entry; rules: Rules }) {
  const force = entry.withheld?.filter((one) => one.action === "engage") ?? [];
  const granted = entry.permitted?.filter((one) => one.action === "engage") ?? [];
  const besides = entry.permitted?.filter((one) => one.action !== "engage") ?? [];
  const others = entry.withheld?.filter((one) => one.action !== "engage") ?? [];
  return (
    <div class="opened">
      {force.map((one) => <Held key={one.action} of={one} rules={rules} />)}
      {granted.length > 0 && <Granted of={granted} rules={rules} />}
      {entry.flips && <Flips of={entry.flips} />}
      {entry.evidence && <Evidence of={entry.evidence} />}
      {besides.length > 0 && <details><summary>Permitted besides: {besides.map((one) => one.action).join(", ")}</summary><Granted of={besides} rules={rules} /></details>}
      {others.length > 0 && <details><summary>Withheld besides: {others.map((one) => one.action).join(", ")}</summary>{others.map((one) => <Held key={one.action} of={one} rules={rules} />)}</details>}
    </div>
  );
}

function Granted({ of, rules }: { of: NonNullable<Entry["permitted"]>; rules: Rules }) {
  return (
    <ul class="permitted">
      {of.map((one) => (
        <li key={one.action}><b>{one.action}</b> is permitted{one.authorities.length > 0 && <>, by {one.authorities.join(", ")}</>}{one.rules.map((rule) => <Because key={rule} rule={rule} rules={rules} />)}</li>
      ))}
    </ul>
  );
}

/** A rule in its own words: "set: RULE", the sentence that it gives as its reason, and whose it is. */
function Because({ rule, rules }: { rule: string; rules: Rules }) {
  const [set = "", id = ""] = rule.split(": "), said = rules[set]?.because[id];
  return <p class="because"><small>{rule}</small>{said && <> <q>{said}</q> <cite>{rules[set]!.title}</cite></>}</p>;
}

function Held({ of, rules }: { of: Withheld; rules: Rules }) {
  return (
    <div class="withheld">
      <p><b>{of.action}</b> is withheld</p>
      <dl>
        <List name="forbidden by" of={of.forbidden_by.map((rule) => <Because key={rule} rule={rule} rules={rules} />)} />
        {[...lacking(of.missing)].map(([rule, missing]) => (
          <List key={rule} name={rule ? <><Because rule={rule} rules={rules} /> would permit it, but lacks</> : "still missing"} of={missing} />
        ))}
        <List name="caveat of" of={of.caveats} />
      </dl>
    </div>
  );
}

/** Sorts what is missing by the rule that misses it: "set: RULE: what". */
function lacking(missing: string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const one of missing) {
    const [, rule, what] = /^([^:]+: [A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*): (.*)$/.exec(one) ?? [null, "", one];
    found.set(rule ?? "", [...(found.get(rule ?? "") ?? []), what ?? one]);
  }
  return found;
}

function List({ name, of }: { name: ComponentChildren; of: ComponentChildren[] }) {
  if (!of.length) return null;
  return <div><dt>{name}</dt><dd><ul>{of.map((one, place) => <li key={place}>{one}</li>)}</ul></dd></div>;
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
                <span key={change.item}>{at > 0 && " and "}{change.item} had been <b>{change.to}</b> instead of {change.from}</span>
              ))}
            </li>
          ))}
        </ul>
      ) : <p class="muted">No change of the evidence that was tried.</p>}
    </div>
  );
}

function Evidence({ of }: { of: NonNullable<Entry["evidence"]> }) {
  return (
    <details class="known">
      <summary>What was known then: {of.length} items, with source and age</summary>
      <table class="evidence">
        <thead><tr><th scope="col">Item</th><th scope="col">Value</th><th scope="col">From</th><th scope="col">Age</th></tr></thead>
        <tbody>
          {of.map((one) => (
            <tr key={one.item}>
              <th scope="row">{one.item}</th><td>{one.value}</td><td>{one.source}</td><td>{one.age_s === null ? "" : duration(one.age_s)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
