/** One aircraft's story under one option: the verdict, how far it came, and all that was known and ruled. */

import { capital } from "../format";
import type { Entry, Story } from "../film";
import { RulingOf } from "./ruling";

type At = (t: number) => string;

export function StoryOf({ story, at, go }: { story: Story; at: At; go: (t: number) => void }) {
  return (
    <>
      <p class="verdict" data-part="verdict">{story.verdict}</p>
      <ol class="chain" aria-label="How far it came">
        {story.chain.map(({ step, t }) => (
          <li key={step} class={t === null ? "never" : ""}>
            {step} {t === null ? <span>never</span> : <button type="button" onClick={() => go(t)} aria-label={`${step}: go to ${at(t)}`}>{at(t)}</button>}
          </li>
        ))}
      </ol>
      {story.facts.length > 0 && <dl class="facts">{story.facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>}
      <ol class="entries">{story.entries.map((entry, place) => <Line key={place} entry={entry} at={at} go={go} open={place === decisive(story)} />)}</ol>
    </>
  );
}

/** Returns the place of the ruling that is shown open: the last that says what would have turned it round, else the last. */
function decisive(story: Story): number {
  const flips = story.entries.findLastIndex((entry) => entry.flips?.length);
  return flips >= 0 ? flips : story.entries.findLastIndex((entry) => entry.kind === "ruling");
}

const KINDS: Record<Entry["kind"], string> = { truth: "truth", plots: "plots", track: "track", ruling: "ruling", order: "order", event: "event" };

function Line({ entry, at, go, open }: { entry: Entry; at: At; go: (t: number) => void; open: boolean }) {
  const more = entry.evidence || entry.permitted || entry.withheld || entry.flips;
  const head = (
    <>
      <span class={`kind ${entry.kind}`}>{KINDS[entry.kind]}</span> {capital(entry.text)}
    </>
  );
  return (
    <li class={entry.kind}>
      <button type="button" class="when" onClick={() => go(entry.t)} aria-label={`Go to ${at(entry.t)}`}>{at(entry.t)}</button>
      {more ? <details open={open}><summary>{head}</summary><RulingOf entry={entry} /></details> : <p>{head}</p>}
    </li>
  );
}
