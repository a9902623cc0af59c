/** One pane of the map: a canvas that shows one option at a time of the night. */

import type { Film } from "../decode";
import type { FilmEvent } from "../film";
import type { Shown } from "../night/shown";
import type { MapData } from "../report";
import { type Cast, cast, identify, place } from "./cast";
import { drawFlashes } from "./flashes";
import { drawGround } from "./ground";
import { type Frame, drawMovers, nearest } from "./movers";
import { type Palette, palette } from "./palette";
import { Kept } from "./kept";
import { drawTrails } from "./trails";
import type { View } from "./view";

const REACH_PX = 16;
/** How often trails are drawn anew while the night plays. */
const TRAILS_A_SECOND = 4;

export class Pane {
  width = 0;
  height = 0;
  cast: Cast | null = null;
  private film: Film | null = null;
  private events: FilmEvent[] = [];
  private colours: Palette | null = null;
  private readonly pen: CanvasRenderingContext2D;
  private readonly ground = new Kept();
  /** The ground with trails on it: one picture to be laid down in each frame. */
  private readonly under = new Kept();

  constructor(readonly canvas: HTMLCanvasElement, private readonly map: MapData, private readonly view: View) {
    this.pen = canvas.getContext("2d", { alpha: false })!;
  }

  /** Takes the size of its box; returns whether it changed. */
  resize(): boolean {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === this.width && height === this.height) return false;
    [this.width, this.height] = [width, height];
    const ratio = this.ratio;
    [this.canvas.width, this.canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    return true;
  }

  get ratio(): number {
    return Math.min(window.devicePixelRatio || 1, 2);
  }

  /** Draws the night at a time under an option. */
  draw(shown: Shown, option: string, t: number): void {
    if (!this.width || !this.height) return;
    if (this.colours?.theme !== shown.theme) this.colours = palette(shown.theme);
    this.take(shown.film, option);
    const { pen, view, width, height, ratio, colours } = this;
    const still = `${view.seen}/${width}/${height}/${shown.theme}/${shown.height}/${JSON.stringify(shown.layers)}`;
    const { layers, height: level } = shown;
    this.ground.keep(still, this.canvas, (pen) => drawGround({ pen, map: this.map, view, width, height, ratio, layers, level, colours }));
    const { film, cast: who } = this;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    if (!film || !who) return void pen.drawImage(this.ground.image!, 0, 0);
    place(film, who.truth, t);
    place(film, who.picture, t);
    identify(who, t);
    const selected = shown.selected ?? "";
    const aircraft = film.header.aircraft.findIndex((one) => one.name === selected);
    const frame: Frame = {
      pen, film, view, width, height, ratio, layers: shown.layers, colours,
      aircraft, track: selected.startsWith("#") ? Number(selected.slice(1)) : 0,
    };
    const moved = layers.trails ? `${option}/${shown.entry}/${selected}/${Math.floor(t / Math.max(10, shown.speed / TRAILS_A_SECOND))}` : "";
    this.under.keep(`${still}/${moved}`, this.canvas, (pen) => {
      pen.drawImage(this.ground.image!, 0, 0);
      if (layers.trails) this.drawTrails({ ...frame, pen }, who, t);
    });
    pen.drawImage(this.under.image!, 0, 0);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawMovers(frame, who);
    drawFlashes(frame, who.truth, this.events, t, Math.max(30, shown.speed * 1.5));
  }

  /** Returns the name of what is at a point of the pane, or null. */
  at(x: number, y: number, shown: Shown): string | null {
    const { film, cast: who } = this;
    if (!film || !who) return null;
    const there = shown.layers.truth ? nearest(who.truth, x, y, REACH_PX) : -1;
    if (there >= 0) return film.header.aircraft[who.truth.aircraft[there]!]?.name ?? null;
    const track = shown.layers.picture ? nearest(who.picture, x, y, REACH_PX) : -1;
    if (track < 0) return null;
    return film.header.aircraft[who.picture.aircraft[track]!]?.name ?? `#${who.picture.number[track]}`;
  }

  private take(film: Film | null, option: string): void {
    if (film === this.film && option === this.cast?.option) return;
    this.film = film;
    this.cast = film && film.header.options.includes(option) ? cast(film, option) : null;
    this.events = film?.header.own[film.header.options.indexOf(option)]?.events ?? [];
    this.under.key = "";
  }

  private drawTrails(frame: Frame, who: Cast, t: number): void {
    const { pen, film, view, width, height, ratio, layers, colours } = frame;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.lineWidth = 1 / ratio; // thin lines are drawn many times faster than wider ones
    const { truth, picture } = who;
    const whole = (of: typeof truth) => (i: number) => frame.aircraft >= 0 && of.aircraft[i] === frame.aircraft;
    if (layers.picture) drawTrails(pen, film, picture, view, width, height, t, layers.traffic, colours.identity, (i) => picture.identity[i]!, whole(picture));
    if (layers.truth) drawTrails(pen, film, truth, view, width, height, t, layers.traffic, [colours.trail], () => 0, whole(truth));
  }
}

