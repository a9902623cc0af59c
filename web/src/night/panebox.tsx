/** A pane with its option over it. The map takes the focus, so that keys can move it. */

import { useEffect, useRef } from "preact/hooks";
import { clock } from "../format";
import { gestures } from "../map/gestures";
import { pan, zoom } from "../map/view";
import { useStore } from "../store";
import type { Stage } from "./stage";

const SIDES = ["Left", "Right"] as const;

export function PaneBox({ stage, side }: { stage: Stage; side: 0 | 1 }) {
  const { options } = useStore(stage.shown);
  const box = useRef<HTMLDivElement>(null), canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const leave = stage.seat(side, canvas.current!);
    const deaf = gestures(box.current!, {
      pan: (x, y) => (pan(stage.view, stage.map, x, y), stage.draw()),
      zoom: (factor, x, y) => (zoom(stage.view, stage.map, stage.pane(side)?.width ?? 600, factor, x, y), stage.draw()),
      pick: (x, y) => stage.shown.set({ selected: stage.pane(side)?.at(x, y, stage.shown.get()) ?? null }),
    });
    return () => (deaf(), leave());
  }, [stage, side]);
  const choose = (id: string) => stage.shown.set({ options: side === 0 ? [id, options[1]] : [options[0], id] });
  const title = stage.report.options.find((one) => one.id === options[side])?.title ?? "";
  return (
    <div class="pane">
      <label class="pick"><span class="unseen">{SIDES[side]} option</span>
        <select value={options[side]} onChange={(event) => choose(event.currentTarget.value)} data-side={side}>
          {stage.report.options.map((one) => <option key={one.id} value={one.id}>{one.title}</option>)}
        </select>
        <small>{options[side]}</small>
      </label>
      <div class="map" ref={box} tabIndex={0} role="application" aria-roledescription="map" aria-label={`${SIDES[side]} map, under “${title}”`} aria-describedby={`said-${side}`}>
        <canvas ref={canvas} role="img" aria-label={`The night under “${title}”; the table below holds what it shows`} />
      </div>
      <Said stage={stage} side={side} />
    </div>
  );
}

/** One line under the map that says what it shows; while playing it follows once a second. */
function Said({ stage, side }: { stage: Stage; side: 0 | 1 }) {
  const { film, options } = useStore(stage.shown);
  const { t } = useStore(stage.beat);
  const own = film?.header.own[film.header.options.indexOf(options[side])];
  if (!own) return <p class="said" id={`said-${side}`}>{film ? "This night has no film under this option." : ""}</p>;
  const so_far = (what: string) => own.events.filter((event) => event.what === what && event.t <= t).length;
  const down = Object.values(own.ends).filter(([when, status]) => when <= t && status === "shot_down").length;
  return (
    <p class="said" id={`said-${side}`}>
      By {clock(stage.report.scenario.start, t)} UTC: {so_far("entered")} crossed the border, fighters met something {so_far("found")} times, {so_far("fired")} shots, <b>{down} shot down</b>.
    </p>
  );
}
