/** What is said of a figure that is rare: in how many nights it was seen at all, and what none seen leaves possible. */

import type { FigureOfOption } from "../report";
import { percent } from "../format";
import { Num } from "../parts/num";

export function Share({ figure, option, of }: { figure: string; option: string; of: NonNullable<FigureOfOption["nights_with_any"]> }) {
  const from = (field: string) => ({ figure, option, field: `nights_with_any.${field}` });
  if (of.k === 0)
    return <>none seen in <Num of={from("n")} value={of.n} /> nights: fewer than <Num of={from("high")} value={of.high} as={percent} /></>;
  return (
    <>
      in <Num of={from("k")} value={of.k} /> of <Num of={from("n")} value={of.n} /> nights (<Num of={from("low")} value={of.low} as={percent} /> to{" "}
      <Num of={from("high")} value={of.high} as={percent} />)
    </>
  );
}

/** An estimate that was zero in every night, as the bound that it leaves. */
export function NoneSeen({ figure, option, n, bound }: { figure: string; option: string; n: number; bound: number | null }) {
  const from = (field: string) => ({ figure, option, field: `estimate.${field}` });
  return <>none seen in <Num of={from("n")} value={n} /> nights: fewer than <Num of={from("share_below")} value={bound} as={percent} /> of nights</>;
}
