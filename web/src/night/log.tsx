/** All that happened to an aircraft and was ruled of it. Rulings that follow one another are folded into one line. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Entry, Own } from "../film";
import { capital } from "../format";
import { RulingOf } from "./ruling";
import type { At } from "./story";

const FEW = 2; // so many rulings in a row are not folded

interface Told {
  rules: Own["rules"];
  at: At;
  go: (t: number) => void;
}

export function Log({ entries, ...told }: Told & { entries: Entry[] }) {
  const runs: Entry[][] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last && entry.kind === "ruling" && last[0]!.kind === "ruling") last.push(entry);
    else runs.push([entry]);
  }
  return (
    <ol class="entries scroll">
      {runs.map((run, place) => (run.length > FEW ? <Folded key={place} run={run} {...told} /> : run.map((entry) => <Line key={entry.t + entry.text} entry={entry} {...told} />)))}
    </ol>
  );
}

function Line({ entry, rules, at, go }: Told & { entry: Entry }) {
  const more = entry.evidence || entry.permitted || entry.withheld || entry.flips;
  const head = <><span class={`kind ${entry.kind}`}>{entry.kind}</span> {capital(entry.text)}</>;
  return (
    <li class={entry.kind}>
      <button type="button" class="when" onClick={() => go(entry.t)} aria-label={`Go to ${at(entry.t)}`}>{at(entry.t)}</button>
      {more ? <Unfolds head={head} make={() => <RulingOf entry={entry} rules={rules} />} /> : <p>{head}</p>}
    </li>
  );
}

function Folded({ run, rules, at, go }: Told & { run: Entry[] }) {
  const head = <><span class="kind ruling">ruling</span> {run.length} rulings until {at(run.at(-1)!.t)}</>;
  return (
    <li class="run">
      <button type="button" class="when" onClick={() => go(run[0]!.t)} aria-label={`Go to ${at(run[0]!.t)}`}>{at(run[0]!.t)}</button>
      <Unfolds head={head} make={() => <ol class="inner">{run.map((entry, place) => <Line key={place} entry={entry} rules={rules} at={at} go={go} />)}</ol>} />
    </li>
  );
}

/** Details that are made only when they are opened: a long night has thousands of lines of evidence. */
function Unfolds({ head, make }: { head: ComponentChildren; make: () => ComponentChildren }) {
  const [open, set] = useState(false);
  return <details open={open} onToggle={(event) => set(event.currentTarget.open)}><summary>{head}</summary>{open && make()}</details>;
}
