/** The night: controls, two panes on the same draws, the story of who is selected. */

import { useEffect, useState } from "preact/hooks";
import { useStore } from "../store";
import { Behind } from "../parts/behind";
import { Section } from "../parts/section";
import { AircraftTable } from "./aircraft";
import { Chooser } from "./chooser";
import { Controls } from "./controls";
import { KEYS, press } from "./keys";
import { LayDown, Layers } from "./layers";
import { Legend } from "./legend";
import { Moments } from "./moments";
import { PaneBox } from "./panebox";
import type { Stage } from "./stage";
import { Stories } from "./stories";

export function Player({ stage }: { stage: Stage }) {
  const { film, fault, entry } = useStore(stage.shown);
  const [help, setHelp] = useState(false);
  useEffect(() => {
    const told = (event: KeyboardEvent) => {
      if (press(stage, event, () => setHelp((on) => !on))) event.preventDefault();
    };
    addEventListener("keydown", told);
    return () => removeEventListener("keydown", told);
  }, [stage]);
  return (
    <Section id="night" title="Watch the night" lead="Two options, the same night: the same drones on the same routes, until an option first has something else done.">
      <Chooser stage={stage} />
      {fault ? <p class="fault" role="alert">{fault}</p> : !film && <p class="muted" role="status">Reading night {stage.report.films[entry]?.replication} …</p>}
      <div class="watched">
        <div class="panes">
          <PaneBox stage={stage} side={0} />
          <PaneBox stage={stage} side={1} />
        </div>
        <Controls stage={stage} help={() => setHelp(!help)} />
      </div>
      {help && <Keys />}
      <Layers stage={stage} />
      <Legend stage={stage} />
      <LayDown map={stage.map} />
      {film && <Behind of="aircraft at this time" make={() => <AircraftTable stage={stage} film={film} />} />}
      {film && <Moments stage={stage} film={film} />}
      {film && <Stories stage={stage} film={film} />}
    </Section>
  );
}

function Keys() {
  return (
    <div class="keys" role="region" aria-label="Keys">
      <dl>{KEYS.map(([keys, what]) => <div key={keys}><dt><kbd>{keys}</kbd></dt><dd>{what}</dd></div>)}</dl>
    </div>
  );
}
