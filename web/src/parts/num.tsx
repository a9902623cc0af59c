/** Numbers that come from the results: each carries its full value, so that what is shown can be held against the tables. */

import { number } from "../format";

interface From {
  figure: string;
  option: string;
  field: string;
}

export function Num({ of, value, as = number, unit = "" }: { of: From; value: number | null | undefined; as?: (value: number) => string; unit?: string }) {
  if (value === null || value === undefined) return <span class="muted">not known</span>;
  return (
    <span class="num" data-figure={of.figure} data-option={of.option} data-field={of.field} data-value={String(value)}>
      {as(value)}{unit && ` ${unit}`}
    </span>
  );
}

export interface Ends {
  value: number | null;
  low: number | null;
  high: number | null;
}

/** A value with its interval: "1.35 (1.02 to 1.68) km". */
export function Interval({ figure, option, field, of, as = number, unit = "" }: {
  figure: string; option: string; field: string; of: Ends; as?: (value: number) => string; unit?: string;
}) {
  const from = (end: string) => ({ figure, option, field: `${field}.${end}` });
  if (of.value === null) return <span class="muted">not known</span>;
  return (
    <span class="interval">
      <strong><Num of={from("value")} value={of.value} as={as} /></strong>
      {of.low !== null && of.high !== null && <> (<Num of={from("low")} value={of.low} as={as} /> to <Num of={from("high")} value={of.high} as={as} />)</>}
      {unit && ` ${unit}`}
    </span>
  );
}
