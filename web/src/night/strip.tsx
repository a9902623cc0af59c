/** A line of the night under one option: when fighters found something, fired and hit. Shapes tell them apart. */

import type { FilmEvent } from "../film";
import { useStore } from "../store";
import type { Stage } from "./stage";

export const MARKS: Record<string, { label: string; many: string; path: string }> = {
  found: { label: "found by a fighter", many: "interceptions", path: "M0-3.5A3.5 3.5 0 1 0 0.01-3.5Z" },
  fired: { label: "shot", many: "shots", path: "M0-5 4.5 4-4.5 4Z" },
  hit: { label: "hit", many: "hits", path: "M-4-5.5 0-1.5 4-5.5 5.5-4 1.5 0 5.5 4 4 5.5 0 1.5-4 5.5-5.5 4-1.5 0-5.5-4Z" },
};

export function Strip({ stage, side }: { stage: Stage; side: 0 | 1 }) {
  const { film, options, selected } = useStore(stage.shown);
  const own = film?.header.own[film.header.options.indexOf(options[side])];
  const events = own?.events.filter((event) => event.what in MARKS) ?? [];
  const title = stage.report.options.find((one) => one.id === options[side])?.title ?? "";
  const counts = Object.entries(MARKS).map(([what, { many }]) => `${events.filter((event) => event.what === what).length} ${many}`);
  const mine = (event: FilmEvent) => selected !== null && film?.header.aircraft[event.of]?.name === selected;
  return (
    <div class="strip-line">
      <span class="muted" aria-hidden="true">{title}</span>
      <svg role="img" aria-label={`Under “${title}”: ${counts.join(", ")}`} height="16">
        <line x1="0" x2="100%" y1="8" y2="8" class="rule" />
        {events.map((event, place) => (
          <svg key={place} x={`${(100 * event.t) / stage.duration_s}%`} y="8" overflow="visible">
            <path d={MARKS[event.what]!.path} class={`mark ${event.what}${mine(event) ? " mine" : ""}`} />
          </svg>
        ))}
      </svg>
    </div>
  );
}
