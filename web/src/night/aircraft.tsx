/** The table behind the map: who is where at this time, and what each option's picture takes it for. */

import type { Film } from "../decode";
import { IDENTITIES } from "../film";
import { clock, number, words } from "../format";
import { type Cast, cast, identify, place } from "../map/cast";
import { useStore } from "../store";
import { useMemo } from "preact/hooks";
import type { Stage } from "./stage";

interface Row {
  name: string;
  title: string;
  state: string;
  east: number;
  north: number;
  height: number;
  seen: string[];
  weight: number;
}

/** Returns a row for each aircraft in the air under either option, intruders first. */
function rows(film: Film, casts: Cast[], t: number, traffic: boolean): Row[] {
  const found = new Map<string, Row>();
  casts.forEach((who, side) => {
    place(film, who.truth, t);
    place(film, who.picture, t);
    identify(who, t);
    for (const of of [who.truth, who.picture])
      for (let i = 0; i < of.count; i++) {
        if (!of.there[i] || (of.traffic[i] && !traffic)) continue;
        const one = film.header.aircraft[of.aircraft[i]!], name = one?.name ?? `#${of.number[i]}`;
        const row = found.get(name) ?? {
          name, title: one?.title ?? "a track of no aircraft", state: one?.state ?? "", east: of.east[i]!, north: of.north[i]!, height: of.height[i]!,
          seen: ["not seen", "not seen"], weight: !one ? 2 : one.part === "intruder" ? 0 : of.traffic[i] ? 3 : 1,
        };
        if (of === who.picture) row.seen[side] = `${of.number[i]}: ${words(IDENTITIES[of.identity[i]!]!)}`;
        found.set(name, row);
      }
  });
  return [...found.values()].sort((a, b) => a.weight - b.weight || a.name.localeCompare(b.name, "en", { numeric: true }));
}

export function AircraftTable({ stage, film }: { stage: Stage; film: Film }) {
  const { options, layers, selected } = useStore(stage.shown);
  const { t } = useStore(stage.beat);
  const casts = useMemo(() => options.filter((one) => film.header.options.includes(one)).map((one) => cast(film, one)), [film, ...options]);
  const shown = rows(film, casts, t, layers.traffic);
  const km = (metres: number, plus: string, minus: string) => `${number(Math.round(Math.abs(metres) / 100) / 10)} km ${metres < 0 ? minus : plus}`;
  return (
    <table>
      <caption>In the air at {clock(stage.report.scenario.start, t)} UTC; places are from the middle of the area; identity by track and option</caption>
      <thead><tr><th>Name</th><th>What</th><th>State</th>{casts.map((one) => <th key={one.option}>{one.option}</th>)}<th>Where</th><th>Height</th></tr></thead>
      <tbody>
        {shown.map((one) => (
          <tr key={one.name} class={one.name === selected ? "chosen" : ""}>
            <th scope="row"><button type="button" aria-pressed={one.name === selected} onClick={() => stage.shown.set({ selected: one.name })}>{one.name}</button></th>
            <td>{one.title}</td><td>{one.state}</td>
            {casts.map((who, side) => <td key={who.option}>{one.seen[side]}</td>)}
            <td>{km(one.east, "east", "west")}, {km(one.north, "north", "south")}</td>
            <td>{Number.isNaN(one.height) ? "not known" : `${number(Math.round(one.height / 50) * 50)} m`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
