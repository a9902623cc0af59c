import { expect, it } from "vitest";
import type { FilmHeader, Own } from "../src/film";
import { differing, weight, worthSeeing } from "../src/night/told";

const own = (ends: Own["ends"], verdict: string): Own => ({
  truth: [], picture: [], identities: {}, rules: {}, ends,
  events: [{ t: 900, what: "fired", text: "", of: 1, track: 1, by: -1 }],
  stories: { 1: { verdict, facts: [], chain: [], entries: [] } },
});
const header = {
  options: ["a", "b"],
  aircraft: ["D01", "D02"].map((name) => ({ name, title: "", part: "intruder", look: "", state: "" })),
  own: [own({ 0: [50, "fell"], 1: [60, "fell"] }, "x"), own({ 0: [50, "arrived"], 1: [60, "shot_down"] }, "y")],
} as unknown as FilmHeader;

it("puts those first that one option alone shot down", () => expect(differing(header, ["a", "b"])).toEqual([1, 0]));
it("finds nothing between an option and itself", () => expect(differing(header, ["a", "a"])).toEqual([]));
it("puts those before all others that one option alone engaged", () => {
  const engaged = structuredClone(header);
  engaged.own[1]!.stories[0] = { verdict: "z", facts: [], chain: [{ step: "engaged", t: 40 }], entries: [] };
  expect(differing(engaged, ["a", "b"])).toEqual([0, 1]);
  expect(weight(engaged, ["a", "b"], 0)).toBeLessThan(weight(engaged, ["a", "b"], 1));
});
it("puts those whom the right side alone engaged before those whom the left side did", () => {
  const engaged = structuredClone(header);
  engaged.own[0]!.stories[0] = { verdict: "z", facts: [], chain: [{ step: "engaged", t: 40 }], entries: [] };
  engaged.own[1]!.stories[1] = { verdict: "z", facts: [], chain: [{ step: "engaged", t: 40 }], entries: [] };
  expect(differing(engaged, ["a", "b"])).toEqual([1, 0]);
  expect(differing(engaged, ["b", "a"])).toEqual([0, 1]);
});
it("looks a little before the first shot", () => expect(worthSeeing(header, ["a", "b"], 1)).toBe(660));
