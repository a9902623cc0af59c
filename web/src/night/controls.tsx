/** Play, time and speed, with the night's shots and hits over the slider. */

import { useEffect, useRef } from "preact/hooks";
import { clock, since } from "../format";
import { useStore } from "../store";
import { near } from "./keys";
import { SPEEDS } from "./shown";
import type { Stage } from "./stage";
import { Strip } from "./strip";

export function Controls({ stage, help }: { stage: Stage; help: () => void }) {
  const { playing, speed, film } = useStore(stage.shown);
  const still = !film;
  return (
    <div class="controls no-print">
      <div class="row">
        <button type="button" class="play" disabled={still} onClick={() => stage.play(!playing)} aria-keyshortcuts="Space">
          <span aria-hidden="true">{playing ? "❚❚" : "▶"}</span> {playing ? "Pause" : "Play"}
        </button>
        <button type="button" disabled={still} onClick={() => stage.go(0)}>From the start</button>
        <label><span class="word">Speed</span>
          <select value={speed} onChange={(event) => stage.shown.set({ speed: Number(event.currentTarget.value) })} data-control="speed">
            {SPEEDS.map((one) => <option key={one} value={one}>{one}×</option>)}
          </select>
        </label>
        <Time stage={stage} />
        <span class="group">
          <button type="button" aria-label="Zoom in" onClick={() => near(stage, 1.5)}>+</button>
          <button type="button" aria-label="Zoom out" onClick={() => near(stage, 1 / 1.5)}>−</button>
          <button type="button" onClick={() => stage.fit()}>Show all</button>
          <button type="button" class="quiet" onClick={help} aria-keyshortcuts="?">Keys</button>
        </span>
      </div>
      {([0, 1] as const).map((side) => <Strip key={side} stage={stage} side={side} />)}
      <Slider stage={stage} />
    </div>
  );
}

/** The time of day and since the start. It follows every frame without drawing this part of the page again. */
function Time({ stage }: { stage: Stage }) {
  const of_day = useRef<HTMLElement>(null), elapsed = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let shown = "";
    const tell = (t: number) => {
      const text = clock(stage.report.scenario.start, t);
      if (text === shown || !of_day.current || !elapsed.current) return;
      shown = of_day.current.textContent = text;
      elapsed.current.textContent = since(t);
    };
    stage.followers.add(tell);
    tell(stage.t);
    return () => void stage.followers.delete(tell);
  }, [stage]);
  return <p class="time" data-part="time"><b ref={of_day} /> UTC <span class="muted" ref={elapsed} /></p>;
}

function Slider({ stage }: { stage: Stage }) {
  const { film } = useStore(stage.shown);
  const { t } = useStore(stage.beat);
  const range = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const tell = (now: number) => {
      if (range.current && document.activeElement !== range.current) range.current.value = String(now);
      else if (range.current && Math.abs(Number(range.current.value) - now) >= 1) range.current.value = String(now);
    };
    stage.followers.add(tell);
    return () => void stage.followers.delete(tell);
  }, [stage]);
  const text = `${clock(stage.report.scenario.start, t)} UTC, ${since(t)}`;
  return (
    <input ref={range} class="slider" type="range" min={0} max={stage.duration_s} step={1} disabled={!film} aria-label="Time of the night"
      aria-valuetext={text} onInput={(event) => stage.go(Number(event.currentTarget.value))} />
  );
}
