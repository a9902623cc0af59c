/** What the map shows: truth and picture together or apart, and what lies under them. */

import { useStore } from "../store";
import { LAYERS } from "./shown";
import type { Stage } from "./stage";

const TITLES = {
  truth: "Truth", picture: "Picture", traffic: "Traffic", trails: "Trails", borders: "Borders", waters: "Waters", coverage: "Coverage",
  places: "Places", labels: "Labels",
} as const;

export function Layers({ stage }: { stage: Stage }) {
  const { layers, height } = useStore(stage.shown);
  const levels = stage.map.coverage;
  return (
    <fieldset class="layers no-print">
      <legend>Show</legend>
      {LAYERS.filter((name) => name !== "coverage" || levels.length).map((name) => (
        <label key={name}>
          <input type="checkbox" checked={layers[name]} data-layer={name}
            onChange={(event) => stage.shown.set({ layers: { ...layers, [name]: event.currentTarget.checked } })} />
          {TITLES[name]}
        </label>
      ))}
      {layers.coverage && levels.length > 0 && (
        <label class="wide">seen by sensors
          <select value={height} onChange={(event) => stage.shown.set({ height: Number(event.currentTarget.value) })}>
            {levels.map((one, place) => <option key={place} value={place}>{one.label}</option>)}
          </select>
        </label>
      )}
    </fieldset>
  );
}
