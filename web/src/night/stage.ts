/** Everything that plays a night: its state, the map's view, the panes, and the loop that draws them. */

import { type Film, readFilm } from "../decode";
import { filmText } from "../given";
import { Pane } from "../map/pane";
import { type View, fit } from "../map/view";
import type { MapData, Report } from "../report";
import type { Store } from "../store";
import { type Beat, type Night, type Shown, night, seek } from "./shown";

export class Stage implements Night {
  readonly shown: Store<Shown>;
  readonly beat: Store<Beat>;
  readonly duration_s: number;
  readonly view: View = { east: 0, north: 0, scale: 0, seen: 0 };
  /** Told with every frame: what follows time without being drawn by the panes, as the slider does. */
  readonly followers = new Set<(t: number) => void>();
  t = 0;
  private readonly panes = new Map<number, Pane>();
  private asked = false;
  private last = 0;
  private told = 0;
  private fitted = false;
  /** The film that was read last: films are large, so no more are kept. */
  private kept: { entry: number; film: Film } | null = null;

  constructor(readonly report: Report, readonly map: MapData, options: [string, string]) {
    const made = night(options, report.scenario.duration_s);
    ({ shown: this.shown, beat: this.beat, duration_s: this.duration_s } = made);
    this.shown.watch(() => this.draw());
  }

  /** Reads a film; raises where it cannot be read. */
  async read(entry: number): Promise<Film> {
    if (this.kept?.entry === entry) return this.kept.film;
    const film = await readFilm(filmText(this.report.films[entry]!));
    this.kept = { entry, film };
    return film;
  }

  /** Reads a film and shows it from a time; says so where it cannot be read. */
  async load(entry: number, t = 0): Promise<void> {
    this.shown.set({ entry, film: null, fault: null, playing: false });
    const film = this.report.films[entry];
    if (!film) return;
    try {
      const read = await this.read(entry);
      if (this.shown.get().entry !== entry) return;
      this.shown.set({ film: read });
      this.fitted = false;
      this.go(t);
    } catch (fault) {
      this.shown.set({ fault: `The film of night ${film.replication} cannot be shown: ${String(fault)}.` });
      ready();
    }
  }

  /** Moves to a time. */
  go(t: number): void {
    seek(this, t);
    this.draw();
  }

  play(playing: boolean): void {
    if (playing && this.t >= this.duration_s) this.go(0);
    this.last = 0;
    this.shown.set({ playing });
    if (!playing) seek(this, this.t);
  }

  /** Takes a canvas as the pane of a side, 0 left and 1 right, until the function that it returns is called. */
  seat(side: number, canvas: HTMLCanvasElement): () => void {
    this.panes.set(side, new Pane(canvas, this.map, this.view));
    const sizes = new ResizeObserver(() => this.draw());
    sizes.observe(canvas);
    this.draw();
    return () => {
      sizes.disconnect();
      this.panes.delete(side);
    };
  }

  pane(side: number): Pane | undefined {
    return this.panes.get(side);
  }

  /** Shows what matters of the night. */
  fit(): void {
    const pane = this.panes.get(0);
    if (!pane?.width) return;
    fit(this.view, this.map, this.shown.get().film, pane.width, pane.height);
    this.fitted = true;
    this.draw();
  }

  /** Asks for a frame; many askings make one. */
  draw(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame((now) => this.frame(now));
  }

  private frame(now: number): void {
    this.asked = false;
    const shown = this.shown.get();
    if (shown.playing && shown.film) this.advance(now, shown.speed);
    for (const pane of this.panes.values()) pane.resize();
    if (!this.fitted && shown.film) this.fit();
    for (const [side, pane] of this.panes) pane.draw(shown, shown.options[side] ?? "", this.t);
    for (const follow of this.followers) follow(this.t);
    if (shown.film && this.panes.size) ready();
    if (this.shown.get().playing) this.draw();
  }

  private advance(now: number, speed: number): void {
    if (this.last) this.t = Math.min(this.t + (Math.min(now - this.last, 250) / 1000) * speed, this.duration_s);
    this.last = now;
    if (now - this.told > 1000) {
      this.told = now;
      this.beat.set({ t: this.t });
    }
    if (this.t >= this.duration_s) this.play(false);
  }
}

/** Marks, for whoever measures, when the first night was drawn, or found not to be there. */
function ready(): void {
  if (document.documentElement.dataset.ready) return;
  document.documentElement.dataset.ready = "night";
  performance.mark("holdfire-ready");
}
