/** What the map shows: truth and picture together or apart, and what lies under them. */

import { Behind } from "../parts/behind";
import type { MapData } from "../report";
import { useStore } from "../store";
import { LAYERS } from "./shown";
import type { Stage } from "./stage";

const TITLES = {
  truth: "Truth", picture: "Picture", traffic: "Traffic", trails: "Trails", borders: "Borders", waters: "Waters", coverage: "Coverage",
  places: "Places", labels: "Labels",
} as const;

const LEFT_OUT = "No other sensors are counted; terrain, wind farms, the sea’s echo and outages are left out; below 300 m nothing is claimed.";

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
        <>
          <label class="wide">seen by standing radars
            <select value={height} onChange={(event) => stage.shown.set({ height: Number(event.currentTarget.value) })}>
              {levels.map((one, place) => <option key={place} value={place}>{one.label}</option>)}
            </select>
          </label>
          <span class="muted" data-part="left-out">{LEFT_OUT}</span>
        </>
      )}
    </fieldset>
  );
}

/** What stands behind the coverage: every sensor of the lay-down, counted or not. */
export function LayDown({ map }: { map: MapData }) {
  if (!map.lay_down.length) return null;
  return (
    <Behind of="sensors" make={() => (
      <table>
        <caption>Sensors, at made-up places. Coverage: {LEFT_OUT}</caption>
        <thead><tr><th>Name</th><th>What</th><th>Where</th><th>In coverage</th></tr></thead>
        <tbody>
          {map.lay_down.map((one) => (
            <tr key={one.id}><th scope="row">{one.id}</th><td>{one.title}</td><td>{one.where}</td><td>{one.counted ? "yes" : "no"}</td></tr>
          ))}
        </tbody>
      </table>
    )} />
  );
}
