/** One aircraft's story under one option: the verdict, how far it came, the ruling that mattered, and the whole log. */

import { capital } from "../format";
import type { Entry, Own, Story } from "../film";
import { Log } from "./log";
import { RulingOf } from "./ruling";

export type At = (t: number) => string;

interface Given {
  story: Story;
  /** Its story under the option beside this one: rulings of the same moment can be compared. */
  other?: Story | undefined;
  rules: Own["rules"];
  at: At;
  go: (t: number) => void;
}

export function StoryOf({ story, other, rules, at, go }: Given) {
  const [mattered, why] = decisive(story, other);
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
      {mattered && (
        <div class="decisive" data-part="decisive">
          <h5>{why}, {at(mattered.t)}</h5>
          <p class="muted">{capital(mattered.text)}</p>
          <RulingOf entry={mattered} rules={rules} />
        </div>
      )}
      {story.facts.length > 0 && <dl class="facts">{story.facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>}
      <Log entries={story.entries} rules={rules} at={at} go={go} />
    </>
  );
}

const engaged = (story: Story | undefined) => story?.chain.some(({ step, t }) => step === "engaged" && t !== null) ?? false;
const permits = (entry: Entry) => entry.permitted?.some((one) => one.action === "engage") ?? false;

/**
 * Returns the ruling to be read first: that which stood when the other option alone permitted force, or did so before this
 * one, and engaged alone; else that which permitted force; else that which lacked least.
 */
function decisive(story: Story, other: Story | undefined): [Entry | undefined, string] {
  const rulings = story.entries.filter((entry) => entry.kind === "ruling");
  const permitted = rulings.find(permits), beside = other?.entries.find(permits);
  const alone = !permitted || (engaged(other) && !engaged(story));
  const stood = beside && alone ? rulings.findLast((entry) => entry.t <= beside.t) : undefined;
  if (stood && !permits(stood)) return [stood, "The ruling that stood when the other option permitted force"];
  if (permitted) return [permitted, "The first ruling that permitted force"];
  const lacks = (entry: Entry) => {
    const engage = entry.withheld?.find((one) => one.action === "engage");
    return engage ? engage.missing.length + 3 * engage.forbidden_by.length : Infinity;
  };
  const least = Math.min(...rulings.map(lacks));
  return [rulings.findLast((entry) => lacks(entry) === least), "The ruling that came nearest to permitting force"];
}
