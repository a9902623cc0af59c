declare module "milsymbol" {
  interface Options { size?: number; strokeWidth?: number; outlineWidth?: number; outlineColor?: string; fillOpacity?: number }
  class Drawn {
    constructor(code: string, options: Options);
    asCanvas(ratio?: number): HTMLCanvasElement;
    toDataURL(): string;
  }
  export const ms: { addIcons(icons: object): void; Symbol: typeof Drawn };
  export const numberair: object;
}
