/** The selected aircraft's night under both options, side by side, and whether they part over it. */

import type { Film } from "../decode";
import { capital, clock } from "../format";
import { useStore } from "../store";
import { Bare } from "./bare";
import { next } from "./keys";
import type { Stage } from "./stage";
import { StoryOf } from "./story";
import { apart, end, ownOf, storyOf } from "./told";

export function Stories({ stage, film }: { stage: Stage; film: Film }) {
  const { options, selected } = useStore(stage.shown);
  const place = film.header.aircraft.findIndex((one) => one.name === selected);
  const sides = options[0] === options[1] ? [0] : [0, 1];
  const title = (id: string) => stage.report.options.find((one) => one.id === id)?.title ?? id;
  if (selected === null)
    return (
      <div id="story" class="story empty">
        <h3>Its story</h3>
        <p>Select an aircraft: click it on a map, or take the next one with <kbd>]</kbd>.</p>
        <p><button type="button" onClick={() => next(stage, 1)}>First intruder</button></p>
      </div>
    );
  const one = film.header.aircraft[place];
  return (
    <div id="story" class="story">
      <div class="who">
        <h3>{one ? <>{one.name}: {one.title}</> : <>Track {selected.slice(1)}: of no aircraft</>}</h3>
        <p class="no-print">
          <button type="button" class="quiet" onClick={() => next(stage, -1)}>Previous</button>{" "}
          <button type="button" class="quiet" onClick={() => next(stage, 1)}>Next</button>
        </p>
      </div>
      {place >= 0 && sides.length > 1 && <Parting stage={stage} film={film} options={options} place={place} title={title} />}
      <div class={sides.length > 1 ? "columns" : ""}>
        {sides.map((side) => {
          const option = options[side as 0 | 1], story = place >= 0 ? storyOf(film.header, option, place) : undefined;
          return (
            <article key={side} data-story={option} aria-label={`Under ${title(option)}`}>
              <h4>{title(option)} <small>{option}</small></h4>
              {story
                ? <StoryOf story={story} other={place >= 0 ? storyOf(film.header, options[1 - side as 0 | 1], place) : undefined} rules={ownOf(film.header, option)?.rules ?? {}} at={(t) => clock(stage.report.scenario.start, t)} go={(t) => stage.go(t)} />
                : <Bare stage={stage} film={film} option={option} place={place} selected={selected} />}
            </article>
          );
        })}
      </div>
    </div>
  );
}

/** One line that says how the outcomes differ, or that they do not. */
function Parting({ stage, film, options, place, title }: {
  stage: Stage; film: Film; options: [string, string]; place: number; title: (id: string) => string;
}) {
  const [one, two] = options.map((option) => end(film.header, option, place)) as [string, string];
  const step = apart(film.header, options, place);
  if (step?.step === "engaged") {
    const side = step.side, other = 1 - side as 0 | 1;
    return (
      <p class="parting" data-part="parting">
        <b>Not engaged</b> under “{title(options[other])}”: {[one, two][other]}. <b>Engaged</b> under “{title(options[side])}”, at {clock(stage.report.scenario.start, step.t)}: {[one, two][side]}.
      </p>
    );
  }
  const only = step && <> {capital(step.told)} under “{title(options[step.side])}”, at {clock(stage.report.scenario.start, step.t)}, and never under “{title(options[1 - step.side as 0 | 1])}”.</>;
  if (one === two) return <p class={step ? "parting" : "parting same"} data-part="parting">{capital(one)} under both options.{only}</p>;
  return (
    <p class="parting" data-part="parting">
      <b>{capital(one)}</b> under “{title(options[0])}”; <b>{two}</b> under “{title(options[1])}”.{only}
    </p>
  );
}
