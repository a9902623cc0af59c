/** A picture that is kept until what it shows changes. A bitmap is laid down several times faster than a canvas. */

import type { Pen } from "./ground";

export class Kept {
  key = "";
  image: ImageBitmap | null = null;

  /** Draws it anew, in the size of a canvas, where its key changed. */
  keep(key: string, size: HTMLCanvasElement, draw: (pen: Pen) => void): void {
    if (this.key === key) return;
    this.key = key;
    this.image?.close();
    const canvas = new OffscreenCanvas(size.width, size.height);
    draw(canvas.getContext("2d", { alpha: false })!);
    this.image = canvas.transferToImageBitmap();
  }
}
