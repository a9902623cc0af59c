/** What was rehearsed held against what happened: each interval beside its observation, each score beside the naive one. */

import type { ComponentChildren } from "preact";
import { Behind } from "../parts/behind";
import { Num } from "../parts/num";
import { Section } from "../parts/section";
import type { Validation as Validated, ValidationFact } from "../report";
import { Fact, Seen, Told, verdict } from "./fact";

const KINDS: [kind: ValidationFact["kind"], title: string][] = [
  ["outcome", "Outcomes: neither given to the model nor fitted"], ["calibrated", "Calibrated values: fitted beforehand, so not scored"],
  ["input", "Inputs: given to the model, so not scored"],
];

export function Validation({ of }: { of: Validated }) {
  const num = (field: "inside" | "scored") => <Num of={{ figure: "validation", option: of.option, field }} value={of[field]} />;
  return (
    <Section id="validation" title="Held against what happened"
      lead={<><b>{num("inside")} of {num("scored")}</b> scored outcomes lie inside the interval of {Math.round(of.level * 100)} %, over {of.replications} nights under <code>{of.option}</code>. Bar: rehearsed; grey: observed; dotted: the naive forecast. A lower score is better.</>}>
      {KINDS.map(([kind, title]) => {
        const facts = of.facts.filter((fact) => fact.kind === kind);
        return facts.length > 0 && <div key={kind} class="facts-of"><h3>{title}</h3>{facts.map((fact) => <Fact key={fact.id} fact={fact} option={of.option} />)}</div>;
      })}
      <Behind of="observations" make={() => <Table of={of} />} />
      <div class="reading">
        <Said title="How to read it" all={of.reading} />
        <Said title="Fitted beforehand" all={of.fitted.map((one) => <><code>{one.what}</code>, to: {one.to}</>)} />
        <Said title="Left out" all={of.left_out} />
        <Said title="Could not be left out" all={of.not_left_out} />
      </div>
    </Section>
  );
}

function Said({ title, all }: { title: string; all: ComponentChildren[] }) {
  if (!all.length) return null;
  return <div><h3>{title}</h3><ul>{all.map((one, place) => <li key={place}>{one}</li>)}</ul></div>;
}

function Table({ of }: { of: Validated }) {
  return (
    <table>
      <caption>Intervals beside observations; each naive forecast with how it was made</caption>
      <thead><tr>{["What", "Kind", "Observed", "Grade", "Rehearsed", "Verdict", "Naive forecast", "Sources", "Note"].map((one) => <th key={one} scope="col">{one}</th>)}</tr></thead>
      <tbody>
        {of.facts.map((fact) => (
          <tr key={fact.id}>
            <th scope="row">{fact.what}</th><td>{fact.kind}</td><td><Seen fact={fact} option={of.option} /></td><td>{fact.grade}</td>
            <td><Told fact={fact} option={of.option} /></td><td>{verdict(fact)}</td>
            <td>{fact.naive && <>{fact.naive.how} <span class="muted">({fact.naive.grade}; {fact.naive.sources.join("; ")})</span></>}</td>
            <td>{fact.sources.join("; ")}</td><td>{fact.note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
