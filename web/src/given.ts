/** What Python wrote into the page. */

import type { FilmEntry, Report } from "./report";

/** Returns the report, or in words why there is none. */
export function given(): Report | string {
  const element = document.getElementById("report");
  if (!element) return "This page holds no report. It is written by: holdfire report RESULTS";
  try {
    return JSON.parse(element.textContent ?? "") as Report;
  } catch (fault) {
    return `The report in this page cannot be read (${String(fault)}). Write it again: holdfire report RESULTS`;
  }
}

/** Returns the base64 text of a film; raises where the page does not hold it. */
export function filmText(entry: FilmEntry): string {
  const element = document.getElementById(entry.element);
  if (!element) throw new Error(`the page holds no element ${entry.element}`);
  const text = element.textContent ?? "";
  return /\s/.test(text) ? text.replace(/\s+/g, "") : text;
}
