/** What happened when, under both options: each line leads to its moment. */

import { useState } from "preact/hooks";
import type { Film } from "../decode";
import { clock } from "../format";
import { useStore } from "../store";
import type { Stage } from "./stage";
import { ownOf } from "./told";

const TOLD = new Set(["entered", "found", "looked", "held", "fired", "hit", "missed", "stray", "debris", "departed", "disrupted", "fell", "arrived"]);
const MOST = 400;

interface Moment {
  t: number;
  text: string;
  of: number;
  sides: boolean[];
}

/** Returns the moments of both options in the order of time, those of both once. */
export function moments(film: Film, options: [string, string]): Moment[] {
  const found = new Map<string, Moment>();
  options.forEach((option, side) => {
    for (const event of ownOf(film.header, option)?.events ?? []) {
      if (!TOLD.has(event.what)) continue;
      const key = `${event.t}/${event.what}/${event.of}/${event.by}`;
      const known = found.get(key) ?? { t: event.t, text: event.text, of: event.of, sides: [false, false] };
      known.sides[side] = true;
      found.set(key, known);
    }
  });
  return [...found.values()].sort((a, b) => a.t - b.t);
}

export function Moments({ stage, film }: { stage: Stage; film: Film }) {
  const { options, selected } = useStore(stage.shown);
  const [all, setAll] = useState(false);
  const name = (place: number) => film.header.aircraft[place]?.name ?? "";
  const every = moments(film, options), mine = every.filter((one) => name(one.of) === selected);
  const shown = (all || !mine.length ? every : mine).slice(0, MOST);
  const side = (one: Moment) => (options[0] === options[1] || one.sides.every(Boolean) ? "both" : one.sides[0] ? "left only" : "right only");
  const jump = (one: Moment) => {
    if (one.of >= 0) stage.shown.set({ selected: name(one.of), playing: false });
    stage.go(one.t);
  };
  return (
    <div class="moments">
      <h3>Moments {!all && mine.length ? `of ${selected}` : "of the night"}</h3>
      {mine.length > 0 && <label class="no-print"><input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} /> all aircraft</label>}
      <ol class="scroll">
        {shown.map((one, place) => (
          <li key={place}>
            <button type="button" onClick={() => jump(one)}>
              <time>{clock(stage.report.scenario.start, one.t)}</time> <b>{name(one.of)}</b> {one.text} <span class={`side ${side(one).split(" ")[0]}`}>{side(one)}</span>
            </button>
          </li>
        ))}
      </ol>
      {every.length > MOST && shown.length === MOST && <p class="muted">The first {MOST} of {every.length}.</p>}
    </div>
  );
}
