/** The colours of the map, as the style sheet has them for the present theme. */

import { IDENTITIES } from "../film";

export interface Palette {
  theme: string;
  outside: string;
  land: string;
  guarded: string;
  waters: string;
  border: string;
  guardedBorder: string;
  coverage: string;
  ink: string;
  halo: string;
  muted: string;
  trail: string;
  accent: string;
  alarm: string;
  /** By identity. */
  identity: string[];
}

export function palette(theme: string): Palette {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    theme,
    outside: of("map-outside"), land: of("map-land"), guarded: of("map-guarded"), waters: of("map-waters"),
    border: of("map-border"), guardedBorder: of("map-guarded-border"), coverage: of("map-coverage"),
    ink: of("ink"), halo: of("map-halo"), muted: of("muted"), trail: of("map-trail"), accent: of("accent"), alarm: of("alarm"),
    identity: IDENTITIES.map((name) => of(`identity-${name}`)),
  };
}
