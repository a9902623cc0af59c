/** Numbers and times in words. Nothing is computed here but their appearance. */

const THREE = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });
const WHOLE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

export function number(value: number): string {
  return (Math.abs(value) >= 100 ? WHOLE : THREE).format(value).replace("-", "−");
}

export function signed(value: number): string {
  return value > 0 ? `+${number(value)}` : number(value);
}

/** A ratio: "×2.5". */
export function times(value: number): string {
  return `×${number(value)}`;
}

export function percent(share: number): string {
  const hundred = share * 100;
  return `${hundred > 0 && hundred < 1 ? THREE.format(hundred) : WHOLE.format(hundred)} %`;
}

/** Time of day of a moment so many seconds after an ISO 8601 start: "23:14:10". */
export function clock(start: string, t: number): string {
  return new Date(Date.parse(start) + t * 1000).toISOString().slice(11, 19);
}

export function day(start: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(start));
}

/** Time since the start: "+1 h 04 min". */
export function since(t: number): string {
  const minutes = Math.floor(t / 60);
  return `+${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${number(Math.round(seconds))} s`;
  if (seconds < 5400) return `${number(Math.round(seconds / 60))} min`;
  return `${number(Math.round(seconds / 360) / 10)} h`;
}

/** "shot_down" and "one-way-attack-type" as words. */
export function words(name: string): string {
  return name.replace(/[_-]/g, " ");
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
