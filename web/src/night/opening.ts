/** Where the page opens: at the address's moment, else at the aircraft over which the two options part most. */

import type { Report } from "../report";
import type { Stage } from "./stage";
import { differing, weight, worthSeeing } from "./told";

const LEFT = "visual-confirmation", RIGHT = "radar-permitted";

/** Returns the ids of the options that are shown first. */
export function firstOptions(report: Report): [string, string] {
  const by = (wanted: string) => report.options.find((one) => one.id === wanted || Object.values(one.rules).some((rules) => rules === wanted))?.id;
  const ids = report.options.map((one) => one.id);
  const exact = (wanted: string) => (ids.includes(wanted) ? wanted : by(wanted));
  const [left, right] = [exact(LEFT), exact(RIGHT)];
  if (left && right && left !== right) return [left, right];
  return [ids[0] ?? "", ids[1] ?? ids[0] ?? ""];
}

/** A moment as the address has it. */
export function moment(stage: Stage): string {
  const { entry, options, selected } = stage.shown.get();
  const parts = { night: String(stage.report.films[entry]?.replication ?? 0), left: options[0], right: options[1], t: String(Math.round(stage.t)) };
  return `#${new URLSearchParams(selected ? { ...parts, aircraft: selected } : parts).toString()}`;
}

/** Shows what the address asks for, as far as there is such a thing; returns whether it asked. */
export async function follow(stage: Stage, hash: string): Promise<boolean> {
  const asked = new URLSearchParams(hash.slice(1));
  const entry = stage.report.films.findIndex((film) => String(film.replication) === asked.get("night"));
  if (entry < 0) return false;
  const options = ["left", "right"].map((side, place) => {
    const id = asked.get(side);
    return stage.report.options.some((one) => one.id === id) ? id : stage.shown.get().options[place];
  }) as [string, string];
  stage.shown.set({ options, selected: asked.get("aircraft") });
  const t = Number(asked.get("t"));
  await stage.load(entry, Number.isFinite(t) ? t : 0);
  return true;
}

/** Opens at the aircraft that the right side alone engaged, or the left; else at what parts them most; else at the first night to be read. */
export async function open(stage: Stage): Promise<void> {
  if (await follow(stage, location.hash)) return;
  const { options } = stage.shown.get();
  let best = { entry: -1, least: Infinity, name: null as string | null, t: 0 };
  for (let entry = 0; entry < stage.report.films.length && best.least > 0; entry++) {
    const film = await stage.read(entry).catch(() => null);
    if (!film) continue;
    const { header } = film, [place] = differing(header, options);
    const least = place === undefined ? NEVER : weight(header, options, place);
    if (least < best.least) best = { entry, least, name: place === undefined ? null : header.aircraft[place]!.name, t: place === undefined ? 0 : worthSeeing(header, options, place) };
  }
  stage.shown.set({ selected: best.name });
  await stage.load(Math.max(best.entry, 0), best.t);
}

/** More than any weight: a night that can be read, but does not set the options apart. */
const NEVER = 1000;
