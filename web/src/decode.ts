/** Films: base64 of a deflate stream, read in slices so that the page stays quick. */

import type { FilmHeader } from "./film";

/** A night ready to be drawn. Series s of n points starts at `at[s]`: n of east, n of north, n of height, in units. */
export interface Film {
  header: FilmHeader;
  values: Int16Array;
  at: Int32Array;
}

const SLICE = 1 << 20; // characters; a multiple of 4

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

function inflated(text: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  let from = 0;
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(to) {
      if (from >= text.length) return to.close();
      to.enqueue(fromBase64(text.slice(from, from + SLICE)));
      from += SLICE;
    },
  });
  return packed.pipeThrough(new DecompressionStream("deflate"));
}

/** Returns a whole film; raises where its length is not what its header says. */
export async function readFilm(text: string): Promise<Film> {
  const buffer = await new Response(inflated(text)).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length))) as FilmHeader;
  const values = new Int16Array(buffer, Math.ceil((4 + length) / 4) * 4);
  const at = new Int32Array(header.series.length);
  let end = 0;
  header.series.forEach(({ n }, place) => {
    at[place] = end;
    for (let component = 0; component < 3; component++, end += n) sumTwice(values, end, n);
  });
  if (end !== values.length) throw new Error(`the film holds ${values.length} numbers, not ${end}`);
  return { header, values, at };
}

/** Turns [v0, v1 - v0, second differences ...] back into values, in place. */
export function sumTwice(values: Int16Array, start: number, n: number): void {
  let value = 0, step = 0;
  for (let k = 0; k < n; k++) {
    const number = values[start + k]!;
    step = k < 2 ? number : step + number;
    value = k === 0 ? number : value + step;
    values[start + k] = value;
  }
}
