/** The page from top to bottom. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { Assumptions } from "./charts/assumptions";
import { Bill, Comparison } from "./charts/comparison";
import { Ladder } from "./charts/ladder";
import { Validation } from "./charts/validation";
import { firstOptions, follow, moment, open } from "./night/opening";
import { Player } from "./night/player";
import { Stage } from "./night/stage";
import { Foot } from "./parts/foot";
import { Head, Problems, Sentences } from "./parts/head";
import type { Report } from "./report";

const PARTS: [id: string, title: string, there: (report: Report) => boolean][] = [
  ["night", "The night", (report) => report.map !== null && report.films.length > 0],
  ["comparison", "Comparison", (report) => report.comparison !== null],
  ["wrongful", "Wrongful", (report) => report.comparison?.groups.some((one) => one.id === "wrongful") ?? false],
  ["ladder", "Ladder", (report) => report.ladder !== null],
  ["bill", "Bill", (report) => report.prices.length > 0],
  ["assumptions", "Assumptions", () => true],
  ["validation", "Validation", (report) => report.validation !== null],
  ["again", "Make it again", () => true],
];

export function App({ report }: { report: Report }) {
  const stage = useMemo(() => (report.map && report.films.length ? new Stage(report, report.map, firstOptions(report)) : null), [report]);
  const [theme, turn] = useTheme();
  useEffect(() => stage?.shown.set({ theme }), [stage, theme]);
  useEffect(() => {
    // For whoever looks into the page from the console of a browser.
    Object.assign(globalThis, { holdfire: stage });
    return stage ? address(stage) : undefined;
  }, [stage]);
  return (
    <>
      <a class="skip" href="#main">Skip to the report</a>
      {stage && <a class="skip" href="#night">Skip to the night</a>}
      <Head report={report} theme={theme} turn={turn} />
      <nav class="no-print" aria-label="Parts of the report">
        <ul>{PARTS.filter(([, , there]) => there(report)).map(([id, title]) => <li key={id}><a href={`#${id}`}>{title}</a></li>)}</ul>
      </nav>
      <main id="main" tabIndex={-1}>
        <Problems report={report} />
        <Sentences report={report} />
        {stage ? <Player stage={stage} /> : <p class="muted">There is no night to be played.</p>}
        {report.comparison ? <Comparison of={report.comparison} /> : <p class="muted">There is no comparison yet.</p>}
        <Ladder report={report} />
        <Bill report={report} />
        <Assumptions report={report} />
        {report.validation && <Validation of={report.validation} />}
        <Foot report={report} />
      </main>
    </>
  );
}

/** Follows what the reader's system prefers until the reader says otherwise. */
function useTheme(): ["light" | "dark", () => void] {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const [theme, set] = useState<"light" | "dark">(dark.matches ? "dark" : "light");
  useEffect(() => {
    const told = () => set(dark.matches ? "dark" : "light");
    dark.addEventListener("change", told);
    return () => dark.removeEventListener("change", told);
  }, []);
  document.documentElement.dataset.theme = theme;
  return [theme, () => set(theme === "dark" ? "light" : "dark")];
}

/** Opens the moment of the address, and keeps the address at the moment shown while nothing plays. */
function address(stage: Stage): () => void {
  let waiting = 0;
  const write = () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      const { playing, film } = stage.shown.get();
      if (!playing && film) history.replaceState(null, "", moment(stage));
    }, 400);
  };
  const read = () => void follow(stage, location.hash);
  addEventListener("hashchange", read);
  void open(stage);
  const deaf = [stage.shown.watch(write), stage.beat.watch(write)];
  return () => {
    clearTimeout(waiting);
    removeEventListener("hashchange", read);
    for (const leave of deaf) leave();
  };
}
