/** One fact of a validation: its interval as a bar, what was observed, the naive forecast, and all of it in words. */

import { number } from "../format";
import { Num } from "../parts/num";
import type { ValidationFact } from "../report";
import { linear } from "./scale";

interface Of {
  fact: ValidationFact;
  option: string;
}

export function Fact({ fact, option }: Of) {
  const { interval, inside } = fact;
  return (
    <div class="line fact" data-chart={fact.id}>
      <span class="name">{fact.what} <small>({fact.grade})</small></span>
      {interval ? <Bar fact={fact} interval={interval} /> : <span class="muted">{fact.figure ? "Nothing to count in any night." : "The model has no such figure."}</span>}
      <span class="told">
        {fact.kind === "outcome" && <><b class={inside === false ? "outside" : ""}>{verdict(fact)}</b>{" "}</>}
        <span class="muted">observed <Seen fact={fact} option={option} />{interval && "; "}<Told fact={fact} option={option} /></span>
        {fact.note && <small class="note">{fact.note}</small>}
      </span>
    </div>
  );
}

function Bar({ fact, interval }: { fact: ValidationFact; interval: NonNullable<ValidationFact["interval"]> }) {
  const { observed, naive } = fact;
  const low = observed.low === null ? null : Math.max(observed.low - observed.tolerance, Math.min(observed.low, 0));
  const high = observed.high === null ? null : observed.high + observed.tolerance;
  const scale = linear([low, high, interval.low, interval.high, naive?.low, naive?.high], true);
  const x = (value: number) => `${scale.at(value)}%`, edge = observed.low ?? observed.high;
  // Where no source gives a least or a most, the band runs to the end of the chart.
  const from = low === null ? 0 : scale.at(low), to = high === null ? 100 : scale.at(high);
  return (
    <svg role="img" class="bar" height="34" aria-label={`${fact.what}: observed ${seen(fact)}; rehearsed ${number(interval.low)} to ${number(interval.high)}; ${verdict(fact)}`}>
      {edge !== null && from < to && <rect x={`${from}%`} width={`${to - from}%`} y="1" height="32" class="observed band" />}
      {edge !== null && <line x1={x(edge)} x2={x(edge)} y1="1" y2="33" class="observed" />}
      <line x1={x(interval.low)} x2={x(interval.high)} y1="11" y2="11" class="span option-0" />
      <circle cx={x(interval.median)} cy="11" r="4.5" class="option-0" />
      {naive && <line x1={x(naive.low)} x2={x(naive.high)} y1="26" y2="26" class="span naive" />}
    </svg>
  );
}

/** What was observed, or that no figure of it is public. */
export function Seen({ fact, option }: Of) {
  const { low, high, tolerance } = fact.observed;
  const num = (field: "low" | "high" | "tolerance") => <Num of={from(fact, option, `observed.${field}`)} value={fact.observed[field]} />;
  if (low === null && high === null) return <>not public</>;
  const range = low === null ? <>at most {num("high")}</> : high === null ? <>at least {num("low")}</> : low === high ? num("low") : <>{num("low")} to {num("high")}</>;
  return <>{range}{tolerance > 0 && <>, give or take {num("tolerance")}</>}</>;
}

/** The interval and the score, each beside those of the naive forecaster. */
export function Told({ fact, option }: Of) {
  const { interval, naive, score } = fact;
  const num = (field: string, value: number | null) => <Num of={from(fact, option, field)} value={value} />;
  return (
    <>
      {interval && <>rehearsed {num("interval.low", interval.low)} to {num("interval.high", interval.high)}</>}
      {naive && <>; naive {num("naive.low", naive.low)} to {num("naive.high", naive.high)}</>}
      {score !== null && <>; score {num("score", score)}{naive && naive.score !== null && <>, naive {num("naive.score", naive.score)}</>}</>}
    </>
  );
}

/** Whether it lies inside; why a fact is not scored, its kind or its note says. */
export function verdict({ inside }: ValidationFact): string {
  return inside === null ? "Not scored." : inside ? "Inside." : "Outside.";
}

function seen({ observed: { low, high } }: ValidationFact): string {
  if (low === null) return high === null ? "not public" : `at most ${number(high)}`;
  return high === null ? `at least ${number(low)}` : low === high ? number(low) : `${number(low)} to ${number(high)}`;
}

const from = (fact: ValidationFact, option: string, field: string) => ({ figure: `validation/${fact.id}`, option, field });
