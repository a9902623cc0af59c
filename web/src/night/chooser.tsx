/** Which night, and which aircraft: those first whose outcome the two options part over. */

import { useStore } from "../store";
import type { FilmHeader } from "../film";
import type { Stage } from "./stage";
import { apart, differing, end, worthSeeing } from "./told";

const CHIPS = 4;

export function Chooser({ stage }: { stage: Stage }) {
  const { entry, film, options, selected } = useStore(stage.shown);
  const { films } = stage.report;
  const parted = film ? differing(film.header, options) : [];
  const select = (place: number) => {
    if (!film) return;
    stage.shown.set({ selected: film.header.aircraft[place]!.name });
    stage.go(worthSeeing(film.header, options, place));
  };
  return (
    <div class="chooser no-print">
      <label>Night
        <select value={entry} onChange={(event) => void stage.load(Number(event.currentTarget.value))}>
          {films.map((one, place) => <option key={one.element} value={place}>{one.replication}: {one.why}</option>)}
        </select>
      </label>
      {film && (
        <div class="parted">
          <p id="parted">{parted.length ? `The two options part over ${parted.length === 1 ? "one aircraft" : `${parted.length} aircraft`} of this night:` : "Both options did the same with every aircraft of this night."}</p>
          {parted.length > 0 && (
            <ul class="chips" aria-labelledby="parted">
              {parted.slice(0, CHIPS).map((place) => {
                const { name, title } = film.header.aircraft[place]!;
                return (
                  <li key={place}>
                    <button type="button" aria-pressed={selected === name} onClick={() => select(place)}>
                      <b>{name}</b> {title} <span class="muted">{ends(film.header, options, place)}</span>
                    </button>
                  </li>
                );
              })}
              {parted.length > CHIPS && <li><More stage={stage} places={parted.slice(CHIPS)} select={select} /></li>}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}

/** How two outcomes differ, in a few words, left and right. */
function ends(header: FilmHeader, options: [string, string], place: number): string {
  const [one, two] = options.map((option) => end(header, option, place)) as [string, string], found = apart(header, options, place);
  if (found?.step === "engaged") return [one, two].map((ended, side) => `${side === found.side ? "engaged" : "not engaged"}, ${ended}`).join(" | ");
  if (found?.step === "authorised") return found.side ? "force not authorised | authorised" : "force authorised | not authorised";
  if (one !== two) return `${one} | ${two}`;
  return `${one}; ${found ? `${found.told} on the ${found.side ? "right" : "left"} only` : "for other reasons"}`;
}

function More({ stage, places, select }: { stage: Stage; places: number[]; select: (place: number) => void }) {
  const { film, options } = stage.shown.get();
  return (
    <select aria-label="More aircraft whose outcome differs" onChange={(event) => event.currentTarget.value && select(Number(event.currentTarget.value))}>
      <option value="">{places.length} more …</option>
      {places.map((place) => <option key={place} value={place}>{film && `${film.header.aircraft[place]!.name} ${film.header.aircraft[place]!.title}: ${ends(film.header, options, place)}`}</option>)}
    </select>
  );
}
