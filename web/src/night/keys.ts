/** Keys of the player. They act while nothing that needs them itself has the focus. */

import { pan, zoom } from "../map/view";
import { SPEEDS } from "./shown";
import type { Stage } from "./stage";
import { named } from "./told";

export const KEYS: [keys: string, what: string][] = [
  ["Space", "play or pause"],
  ["← →", "10 s back or on"],
  ["Shift + ← →", "5 min back or on"],
  ["Home, End", "to the start, to the end"],
  ["1 … 9", `speed: ${SPEEDS.join(", ")} times`],
  ["[ ]", "previous or next aircraft"],
  ["Esc", "select nothing"],
  ["+ −", "zoom in or out"],
  ["0", "show all that matters"],
  ["Alt + arrows", "move the map, when it has the focus"],
  ["?", "show or hide these keys"],
];

const PAN_PX = 60;
const WAYS: Record<string, [x: number, y: number]> = {
  ArrowLeft: [PAN_PX, 0], ArrowRight: [-PAN_PX, 0], ArrowUp: [0, PAN_PX], ArrowDown: [0, -PAN_PX],
};

/** Acts on a key, and returns whether it was one of ours. */
export function press(stage: Stage, event: KeyboardEvent, help: () => void): boolean {
  const { shown } = stage;
  const on = document.activeElement, role = on?.tagName ?? "";
  if (event.ctrlKey || event.metaKey || role === "SELECT" || (role === "INPUT" && (on as HTMLInputElement).type === "text")) return false;
  if (!shown.get().film && event.key !== "?") return false;
  if (event.altKey) return on?.classList.contains("map") === true && move(stage, event.key);
  const scrolls = on && on !== document.body ? on.closest("#night") === null : !seen();
  if (event.key === " ") {
    if (["BUTTON", "SUMMARY", "A"].includes(role) || (role === "INPUT" && (on as HTMLInputElement).type === "checkbox") || scrolls) return false;
    stage.play(!shown.get().playing);
    return true;
  }
  if (scrolls && event.key !== "?") return false;
  const step = event.shiftKey ? 300 : 10;
  const acts: Record<string, () => void> = {
    ArrowLeft: () => stage.go(stage.t - step),
    ArrowRight: () => stage.go(stage.t + step),
    Home: () => stage.go(0),
    End: () => stage.go(stage.duration_s),
    "+": () => near(stage, 1.5),
    "=": () => near(stage, 1.5),
    "-": () => near(stage, 1 / 1.5),
    "0": () => stage.fit(),
    "[": () => next(stage, -1),
    "]": () => next(stage, 1),
    Escape: () => shown.set({ selected: null }),
    "?": help,
  };
  const act = acts[event.key] ?? speed(stage, event.key);
  act?.();
  return act !== undefined;
}

/** Whether the player is in view: elsewhere on the page, keys scroll as they always do. */
function seen(): boolean {
  const box = document.getElementById("night")?.getBoundingClientRect();
  return box !== undefined && box.top < innerHeight * 0.7 && box.bottom > innerHeight * 0.3;
}

function speed(stage: Stage, key: string): (() => void) | undefined {
  const chosen = /^[1-9]$/.test(key) ? SPEEDS[Number(key) - 1] : undefined;
  return chosen === undefined ? undefined : () => stage.shown.set({ speed: chosen });
}

export function near(stage: Stage, factor: number): void {
  zoom(stage.view, stage.map, stage.pane(0)?.width ?? 600, factor);
  stage.draw();
}

function move(stage: Stage, key: string): boolean {
  const [x, y] = WAYS[key] ?? [0, 0];
  if (!x && !y) return false;
  pan(stage.view, stage.map, x, y);
  stage.draw();
  return true;
}

/** Selects the aircraft before or behind the present one, in the order of interest. */
export function next(stage: Stage, by: number): void {
  const { film, options, selected } = stage.shown.get();
  if (!film) return;
  const names = named(film, options), at = selected ? names.indexOf(selected) : -1;
  const to = at < 0 ? (by > 0 ? 0 : names.length - 1) : (at + by + names.length) % names.length;
  stage.shown.set({ selected: names[to] ?? null });
}
