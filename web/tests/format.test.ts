import { expect, it } from "vitest";
import { clock, duration, number, percent, signed, since, words } from "../src/format";

it("keeps three digits, and whole numbers from a hundred on", () => {
  expect([0.123456, 12.345, 1234.5, -0.5, 0].map(number)).toEqual(["0.123", "12.3", "1,235", "−0.5", "0"]);
});
it("signs differences", () => expect([0.5, -0.5, 0].map(signed)).toEqual(["+0.5", "−0.5", "0"]));
it("does not round a small share to nothing", () => expect([0.1391, 0.004, 0, 1].map(percent)).toEqual(["14 %", "0.4 %", "0 %", "100 %"]));
it("tells the time over midnight", () => expect(clock("2025-11-03T22:00:00Z", 7265)).toBe("00:01:05"));
it("tells durations", () => expect([45, 600, 26100].map(duration)).toEqual(["45 s", "10 min", "7.3 h"]));
it("tells how long ago the night began", () => expect(since(3840)).toBe("+1 h 04 min"));
it("makes words of names", () => expect(words("one-way-attack_type")).toBe("one way attack type"));
