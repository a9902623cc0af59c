import { expect, it } from "vitest";
import { linear, ratios } from "../src/charts/scale";

it("holds every value, and zero where asked", () => {
  const scale = linear([2, 4, null], true);
  expect(scale.at(0)).toBeLessThan(scale.at(2));
  expect(scale.at(4)).toBeLessThanOrEqual(100);
});
it("stands a scale of one value", () => expect(linear([0, 0], true).at(0)).toBeGreaterThanOrEqual(0));
it("puts a half as far to the left as double to the right", () => {
  const scale = ratios([4, 0.1]);
  expect(50 - scale.at(0.5)).toBeCloseTo(scale.at(2) - 50, 9);
  expect(scale.at(1)).toBe(50);
  expect(scale.ticks).toEqual(scale.ticks.toSorted((a, b) => a - b));
});
