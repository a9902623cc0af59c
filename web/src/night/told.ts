/** What became of aircraft under two options, as the film has it. */

import type { Film } from "../decode";
import type { FilmHeader, Own, Story } from "../film";
import { words } from "../format";

export function ownOf(header: FilmHeader, option: string): Own | undefined {
  return header.own[header.options.indexOf(option)];
}

export function storyOf(header: FilmHeader, option: string, aircraft: number): Story | undefined {
  return ownOf(header, option)?.stories[aircraft];
}

/** Returns how an aircraft ended, in words: "shot down", "fell", or that it was still flying. */
export function end(header: FilmHeader, option: string, aircraft: number): string {
  const found = ownOf(header, option)?.ends[aircraft];
  return found ? words(found[1]) : "still flying at the end";
}

/** Returns the places of aircraft whose end or verdict differs, those that one option alone shot down first. */
export function differing(header: FilmHeader, [left, right]: [string, string]): number[] {
  const [one, two] = [ownOf(header, left), ownOf(header, right)];
  if (!one || !two || one === two) return [];
  const places = new Set([one, two].flatMap((own) => [...Object.keys(own.stories), ...Object.keys(own.ends)]).map(Number));
  const weight = (place: number) => {
    const ends = [one.ends[place]?.[1], two.ends[place]?.[1]];
    const verdicts = [one.stories[place]?.verdict, two.stories[place]?.verdict];
    const intruder = header.aircraft[place]?.part === "intruder" ? 0 : 0.5;
    if (ends[0] !== ends[1]) return intruder + (ends.includes("shot_down") && verdicts.every(Boolean) ? 1 : 2);
    return verdicts[0] !== verdicts[1] ? intruder + 3 : 9;
  };
  const weights = new Map([...places].map((place) => [place, weight(place)]));
  return [...places].filter((place) => weights.get(place)! < 9).sort((a, b) => weights.get(a)! - weights.get(b)! || a - b);
}

/** Returns when to look: a little before it was first fired at under either option, or before it ended, or was tracked. */
export function worthSeeing(header: FilmHeader, options: [string, string], aircraft: number): number {
  const owns = options.map((option) => ownOf(header, option)).filter((own) => own !== undefined);
  const shots = owns.flatMap((own) => own.events.filter((event) => event.of === aircraft && event.what === "fired").map((event) => event.t));
  const ends = owns.flatMap((own) => own.ends[aircraft]?.[0] ?? []);
  const tracked = owns.flatMap((own) => own.stories[aircraft]?.chain.find((link) => link.step === "tracked")?.t ?? []);
  const found = [shots, ends, tracked].find((times) => times.length);
  return found ? Math.max(Math.min(...found) - 240, 0) : 0;
}

/** Returns the names that can be selected, intruders and those with a story first. */
export function named(film: Film, options: [string, string]): string[] {
  const { header } = film;
  const told = new Set(options.flatMap((option) => Object.keys(ownOf(header, option)?.stories ?? {})).map(Number));
  const weight = (place: number) => (header.aircraft[place]!.part === "intruder" ? 0 : told.has(place) ? 1 : 2);
  return header.aircraft.map((_, place) => place).sort((a, b) => weight(a) - weight(b) || a - b).map((place) => header.aircraft[place]!.name);
}
