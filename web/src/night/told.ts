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

/** The steps that one option reached and the other never did, as sentences; the furthest tells most. */
const STEPS: [step: string, told: string][] = [
  ["engaged", "it was fired at"], ["authorised", "force was authorised"], ["permitted", "force was permitted"],
  ["intercepted", "a fighter met it"], ["tasked", "a fighter was sent"], ["tracked", "it was tracked"], ["detected", "it was detected"],
];

export interface Step {
  step: string;
  told: string;
  /** The side that reached it, 0 left and 1 right, and when. */
  side: 0 | 1;
  t: number;
}

/** Returns the furthest step that an aircraft reached under one of two options alone; whoever has no story was not engaged. */
export function apart(header: FilmHeader, options: [string, string], aircraft: number): Step | null {
  const chains = options.map((option) => storyOf(header, option, aircraft)?.chain ?? []);
  for (const [step, told] of STEPS) {
    const times = chains.map((chain) => chain.find((link) => link.step === step)?.t ?? null) as [number | null, number | null];
    for (const side of [0, 1] as const) if (times[side] !== null && times[1 - side] === null && (step === "engaged" || chains[1 - side]!.length)) return { step, told, side, t: times[side]! };
  }
  return null;
}

/** What sets two outcomes apart, what tells most first; other steps follow in the order of STEPS. */
const ENGAGED = 0, SHOT_DOWN = 1, AUTHORISED = 2, ENDED = 3, REACHED = 4, WORDS_ALONE = 20, NOTHING = 30;

/**
 * Returns how little sets two outcomes apart: the less, the sooner to be looked at. Intruders go before others, and whoever
 * the right side alone engaged before whoever the left side did: what is asked first is why one was not.
 */
export function weight(header: FilmHeader, options: [string, string], place: number): number {
  const [one, two] = options.map((option) => ownOf(header, option)), ends = [one, two].map((own) => own?.ends[place]?.[1]);
  const found = apart(header, options, place), after = header.aircraft[place]?.part === "intruder" ? 0 : 0.5;
  if (found?.step === "engaged") return ENGAGED + after + (found.side === 0 ? 0.25 : 0);
  if (ends[0] !== ends[1] && ends.includes("shot_down")) return SHOT_DOWN + after;
  if (found?.step === "authorised") return AUTHORISED + after;
  if (ends[0] !== ends[1]) return ENDED + after;
  if (found) return REACHED + STEPS.findIndex(([step]) => step === found.step) + after;
  return (one?.stories[place]?.verdict !== two?.stories[place]?.verdict ? WORDS_ALONE : NOTHING) + after;
}

/**
 * Returns the places of aircraft whose outcome differs: whoever one option alone engaged first, then who was shot down,
 * for whom force was authorised, who ended otherwise, and how far each came. Words of the verdict count only where nothing
 * else differs.
 */
export function differing(header: FilmHeader, options: [string, string]): number[] {
  const [one, two] = [ownOf(header, options[0]), ownOf(header, options[1])];
  if (!one || !two || one === two) return [];
  const places = [...new Set([one, two].flatMap((own) => [...Object.keys(own.stories), ...Object.keys(own.ends)]).map(Number))];
  const weights = new Map(places.map((place) => [place, weight(header, options, place)]));
  const below = (most: number) => places.filter((place) => weights.get(place)! < most);
  const found = below(WORDS_ALONE).length ? below(WORDS_ALONE) : below(NOTHING);
  return found.sort((a, b) => weights.get(a)! - weights.get(b)! || a - b);
}

/** Returns when to look: a little before it was first fired at or disrupted, or force was permitted, or a fighter met it, or it ended. */
export function worthSeeing(header: FilmHeader, options: [string, string], aircraft: number): number {
  const owns = options.map((option) => ownOf(header, option)).filter((own) => own !== undefined);
  const engaged = (what: string) => what === "fired" || what === "disrupted";
  const first = owns.flatMap((own) => own.events.filter((event) => event.of === aircraft && engaged(event.what)).map((event) => event.t));
  const step = (name: string) => owns.flatMap((own) => own.stories[aircraft]?.chain.find((link) => link.step === name)?.t ?? []);
  const ends = owns.flatMap((own) => own.ends[aircraft]?.[0] ?? []);
  const found = [first, step("permitted"), step("intercepted"), ends].find((times) => times.length);
  return found ? Math.max(Math.min(...found) - 240, 0) : 0;
}

/** Returns the names that can be selected, intruders and those with a story first. */
export function named(film: Film, options: [string, string]): string[] {
  const { header } = film;
  const told = new Set(options.flatMap((option) => Object.keys(ownOf(header, option)?.stories ?? {})).map(Number));
  const weight = (place: number) => (header.aircraft[place]!.part === "intruder" ? 0 : told.has(place) ? 1 : 2);
  return header.aircraft.map((_, place) => place).sort((a, b) => weight(a) - weight(b) || a - b).map((place) => header.aircraft[place]!.name);
}
