/** What was rehearsed held against what happened: each interval beside its observation, each score beside the naive one. */

import { number } from "../format";
import { Behind } from "../parts/behind";
import { Num } from "../parts/num";
import { Section } from "../parts/section";
import type { Validation as Validated, ValidationFact } from "../report";
import { linear } from "./scale";

export function Validation({ of }: { of: Validated }) {
  const scored = of.facts.filter((fact) => fact.interval);
  return (
    <Section id="validation" title="Held against what happened"
      lead={<><b><Num of={{ figure: "validation", option: of.option, field: "inside" }} value={of.inside} /> of <Num of={{ figure: "validation", option: of.option, field: "scored" }} value={of.scored} /></b> outcomes lie inside the interval of {Math.round(of.level * 100)} %, over {of.replications} nights under <code>{of.option}</code>. Bar: rehearsed; grey: observed; dotted: the naive forecast. A lower score is better.</>}>
      {scored.map((fact) => <Fact key={fact.id} fact={fact} option={of.option} />)}
      {of.fitted.length > 0 && <p class="muted">Fitted beforehand: {of.fitted.map((one) => `${one.what} to ${one.to}`).join("; ")}.</p>}
      <Behind of="observations" make={() => <Table of={of} />} />
    </Section>
  );
}

function Fact({ fact, option }: { fact: ValidationFact; option: string }) {
  const { observed, interval, naive, inside } = fact;
  const scale = linear([observed.low, observed.high, interval?.low, interval?.high, naive?.low, naive?.high], true);
  const x = (value: number) => `${scale.at(value)}%`, end = observed.high ?? observed.low;
  return (
    <div class="line fact" data-chart={fact.id}>
      <span class="name">{fact.what} <span class="muted">{fact.kind}, {fact.grade}</span></span>
      <svg role="img" class="bar" height="34" aria-label={`${fact.what}: observed ${seen(fact)}; ${interval ? `interval ${number(interval.low)} to ${number(interval.high)}` : "no interval"}; ${verdict(inside)}`}>
        {interval && <line x1={x(interval.low)} x2={x(interval.high)} y1="11" y2="11" class="span option-0" />}
        {interval && <circle cx={x(interval.median)} cy="11" r="4.5" class="option-0" />}
        {naive && <line x1={x(naive.low)} x2={x(naive.high)} y1="26" y2="26" class="span naive" />}
        <line x1={x(observed.low)} x2={x(observed.low)} y1="1" y2="33" class="observed" />
        {end !== observed.low && <rect x={x(observed.low)} width={`${scale.at(end) - scale.at(observed.low)}%`} y="1" height="32" class="observed band" />}
      </svg>
      <span class="told">
        <b class={inside === false ? "outside" : ""}>{verdict(inside)}</b>{" "}
        <Told fact={fact} option={option} />
      </span>
    </div>
  );
}

function Told({ fact, option }: { fact: ValidationFact; option: string }) {
  const num = (field: string, value: number | null | undefined) => <Num of={{ figure: `validation/${fact.id}`, option, field }} value={value} />;
  const { observed, interval, naive, score } = fact;
  return (
    <span class="muted">
      observed {num("observed.low", observed.low)}{observed.high !== null && observed.high !== observed.low && <> to {num("observed.high", observed.high)}</>}
      {interval && <>; rehearsed {num("interval.low", interval.low)} to {num("interval.high", interval.high)}</>}
      {score !== null && <>; score {num("score", score)}{naive && <>, naive {num("naive.score", naive.score)}</>}</>}
    </span>
  );
}

const seen = ({ observed }: ValidationFact) => (observed.high === null || observed.high === observed.low ? number(observed.low) : `${number(observed.low)} to ${number(observed.high)}`);
const verdict = (inside: boolean | null) => (inside === null ? "Not scored." : inside ? "Inside." : "Outside.");

function Table({ of }: { of: Validated }) {
  return (
    <table>
      <caption>Intervals beside observations; the naive forecast says how it was made</caption>
      <thead><tr><th scope="col">What</th><th scope="col">Kind</th><th scope="col">Grade</th><th scope="col">Inside</th><th scope="col">Numbers</th><th scope="col">Naive</th><th scope="col">Sources, note</th></tr></thead>
      <tbody>
        {of.facts.map((fact) => (
          <tr key={fact.id}>
            <th scope="row">{fact.what}</th><td>{fact.kind}</td><td>{fact.grade}</td><td>{verdict(fact.inside)}</td><td><Told fact={fact} option={of.option} /></td>
            <td>{fact.naive?.how ?? ""}</td><td>{[...fact.sources, fact.note].filter(Boolean).join("; ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
