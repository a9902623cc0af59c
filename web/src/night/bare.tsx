/** Of an aircraft without a stored story: what the film holds of it, and the command that tells all. */

import type { Film } from "../decode";
import { IDENTITIES } from "../film";
import { capital, clock, words } from "../format";
import type { Stage } from "./stage";
import { end, ownOf } from "./told";

interface Line {
  t: number;
  text: string;
}

function lines(film: Film, option: string, place: number, selected: string): Line[] {
  const { header } = film, own = ownOf(header, option);
  if (!own) return [];
  const tracks = [...header.picture, ...own.picture].filter((track) => (place >= 0 ? track.of === place : track.number === Number(selected.slice(1))));
  const found = [...new Set(tracks.map((track) => track.number))].flatMap((number) =>
    (own.identities[number] ?? []).map(([t, identity]) => ({ t, text: `track ${number} is taken for ${words(IDENTITIES[identity] ?? "pending")}` })));
  if (place < 0) return found.sort((a, b) => a.t - b.t);
  const events = own.events.filter((event) => event.of === place).map(({ t, text }) => ({ t, text }));
  const ended = own.ends[place];
  return [...found, ...events, ...(ended ? [{ t: ended[0], text: `it ends: ${words(ended[1])}` }] : [])].sort((a, b) => a.t - b.t);
}

export function Bare({ stage, film, option, place, selected }: { stage: Stage; film: Film; option: string; place: number; selected: string }) {
  const found = lines(film, option, place, selected);
  const known = film.header.options.includes(option);
  return (
    <>
      {known && place >= 0 && <p class="verdict" data-part="verdict">{capital(end(film.header, option, place))}.</p>}
      {!known && <p class="muted">This night was not filmed under this option.</p>}
      <ol class="entries">
        {found.map((line, at) => (
          <li key={at}><button type="button" class="when" onClick={() => stage.go(line.t)} aria-label={`Go to ${clock(stage.report.scenario.start, line.t)}`}>{clock(stage.report.scenario.start, line.t)}</button><p>{capital(line.text)}</p></li>
        ))}
      </ol>
      {place >= 0 && <p class="command">Its rulings are not kept in this page. <code>holdfire trace RESULTS --option {option} --replication {film.header.replication} --aircraft {selected}</code> tells them.</p>}
    </>
  );
}
