/** What the map's symbols mean. Identity has a shape as well as a colour. */

import { IDENTITIES } from "../film";
import { LOOKS, PATHS } from "../map/shapes";
import { image } from "../map/symbols";
import { words } from "../format";
import { useStore } from "../store";
import type { Stage } from "./stage";
import { MARKS } from "./strip";

const IMAGES = IDENTITIES.map((_, identity) => image(identity));

export function Legend({ stage }: { stage: Stage }) {
  const { film } = useStore(stage.shown);
  const flown = new Set(film?.header.aircraft.map((one) => one.look));
  return (
    <div class="legend">
      <p><b>Frame:</b> what the picture takes it for</p>
      <ul>{IDENTITIES.map((name, place) => <li key={name}><img src={IMAGES[place]} alt="" /> {words(name)}</li>)}</ul>
      <p><b>Shape inside:</b> what it really is</p>
      <ul>
        {LOOKS.filter((look) => flown.has(look)).map((look) => (
          <li key={look}><svg width="16" height="16" viewBox="-10 -10 20 20" aria-hidden="true"><path d={PATHS[look]} fill="currentColor" /></svg> {words(look)}</li>
        ))}
      </ul>
      <p><b>On the line of the night:</b></p>
      <ul>
        {Object.entries(MARKS).map(([what, { label, path }]) => (
          <li key={what}><svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true"><path d={path} class={`mark ${what}`} /></svg> {label}</li>
        ))}
      </ul>
    </div>
  );
}
