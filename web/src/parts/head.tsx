/** What is said before anything else: title, state, notices, and three sentences for a reader in a hurry. */

import { day, duration } from "../format";
import type { Report } from "../report";

const STATES = {
  finished: "",
  unfinished: "This study is not finished. What there is follows; more nights may change it.",
  broken: "This study is broken. What could be read follows; do not rely on it.",
} as const;

export function Head({ report, theme, turn }: { report: Report; theme: string; turn: () => void }) {
  const { scenario, options, nights, seed } = report;
  return (
    <header class="head">
      <div class="bar">
        <p class="brand">holdfire <span class="muted">rehearsal report</span></p>
        <button type="button" class="quiet no-print" onClick={turn} aria-pressed={theme === "dark"}>Dark</button>
      </div>
      <h1>{scenario.title}</h1>
      <p class="summary">{scenario.summary}</p>
      <dl class="strip">
        <div><dt>kind</dt><dd>{scenario.kind}</dd></div>
        <div><dt>start</dt><dd>{day(scenario.start)}, {scenario.start.slice(11, 16)} UTC</dd></div>
        <div><dt>length</dt><dd>{duration(scenario.duration_s)}</dd></div>
        <div><dt>nights rehearsed</dt><dd>{nights} under each of {options.length} options</dd></div>
        <div><dt>seed</dt><dd>{seed}</dd></div>
      </dl>
      {report.notices.length > 0 && <ul class="notices" aria-label="Read this first">{report.notices.map((one) => <li key={one}>{one}</li>)}</ul>}
    </header>
  );
}

export function Problems({ report }: { report: Report }) {
  if (report.state === "finished" && !report.problems.length) return null;
  return (
    <section class={`problems ${report.state}`} aria-labelledby="problems-title">
      <h2 id="problems-title">{report.state === "finished" ? "Know this" : report.state === "broken" ? "Broken" : "Unfinished"}</h2>
      <p>{STATES[report.state]}</p>
      {report.problems.length > 0 && <ul>{report.problems.map((one) => <li key={one}>{one}</li>)}</ul>}
    </section>
  );
}

export function Sentences({ report }: { report: Report }) {
  if (!report.sentences.length) return null;
  return (
    <section id="short" aria-labelledby="short-title">
      <h2 id="short-title">In short</h2>
      <ol class="sentences">
        {report.sentences.map((one) => (
          <li key={one.text}>
            <p>{one.text}</p>
            <p class="flips"><span>What would turn it round</span> {one.flips}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
