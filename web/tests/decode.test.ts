import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readFilm, sumTwice } from "../src/decode";

const SERIES = [[[3, -4, 10], [5, 5, 5], [-32000, 32000, 0]], [[7], [8], [-400]], [[], [], []]];

function packed(series: number[][][], extra: number[] = []): string {
  const header = Buffer.from(JSON.stringify({ replication: 3, series: series.map((one) => ({ first: 0, n: one[0]!.length })) }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const head = Buffer.concat([length, header]), pad = Buffer.alloc((4 - (head.length % 4)) % 4);
  const twice = (values: number[]) => values.map((value, k) => (k === 0 ? value : k === 1 ? value - values[0]! : value - 2 * values[k - 1]! + values[k - 2]!));
  const numbers = Int16Array.from([...series.flat().flatMap(twice), ...extra]);
  return deflateSync(Buffer.concat([head, pad, Buffer.from(numbers.buffer)])).toString("base64");
}

describe("a film", () => {
  it("comes back exactly, also where differences leave the range of 16 bits", async () => {
    const film = await readFilm(packed(SERIES));
    expect([...film.values]).toEqual(SERIES.flat(2));
    expect([...film.at]).toEqual([0, 9, 12]);
  });
  it("is refused where its length is not what it says", async () => {
    await expect(readFilm(packed(SERIES, [1]))).rejects.toThrow("holds 13 numbers, not 12");
  });
});

it("sums twice in place", () => {
  const values = Int16Array.from([9, 10, 5, -3, 2]);
  sumTwice(values, 1, 4);
  expect([...values]).toEqual([9, 10, 15, 17, 21]);
});
