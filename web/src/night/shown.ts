/** What of the night is shown: the one state of the player. */

import type { Film } from "../decode";
import { type Store, store } from "../store";

export const LAYERS = ["truth", "picture", "traffic", "trails", "borders", "waters", "coverage", "places", "labels"] as const;
export type Layer = (typeof LAYERS)[number];
export type Layers = Record<Layer, boolean>;

export interface Shown {
  /** Place in `report.films`. */
  entry: number;
  film: Film | null;
  fault: string | null;
  /** Ids of the option of the left and of the right pane. */
  options: [string, string];
  /** Name of an aircraft ("D01"), or of a track of no aircraft ("#12"). */
  selected: string | null;
  playing: boolean;
  speed: number;
  layers: Layers;
  /** Place in `map.coverage`. */
  height: number;
  theme: "light" | "dark";
}

/** The time of the night, s. It changes with every frame, so it is kept apart from what is drawn as text. */
export interface Beat {
  t: number;
}

export const SPEEDS = [1, 5, 10, 30, 60, 120, 240, 400, 600] as const;

export interface Night {
  shown: Store<Shown>;
  /** The present time as texts and tables have it: at once while still, once a second while playing. */
  beat: Store<Beat>;
  /** The present time as the map has it. */
  t: number;
  duration_s: number;
}

export function night(options: [string, string], duration_s: number): Night {
  const layers = Object.fromEntries(LAYERS.map((name) => [name, name !== "coverage"])) as Layers;
  const first: Shown = {
    entry: 0, film: null, fault: null, options, selected: null, playing: false, speed: 60, layers, height: 0, theme: "light",
  };
  return { shown: store(first), beat: store({ t: 0 }), t: 0, duration_s };
}

/** Moves to a time, within the night. */
export function seek(of: Night, t: number): void {
  of.t = Math.min(Math.max(t, 0), of.duration_s);
  of.beat.set({ t: of.t });
}
