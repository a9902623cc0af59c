/** The table behind a chart: shown when asked for, and always in print. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useState } from "preact/hooks";

/** `make` is called only while the table is to be seen: some are long and follow the time. */
export function Behind({ of, make }: { of: string; make: () => ComponentChildren }) {
  const [open, set] = useState(false);
  const printed = usePrint();
  const id = useId();
  return (
    <div class="behind">
      <button type="button" class="quiet no-print" aria-expanded={open} aria-controls={id} onClick={() => set(!open)}>
        {open ? "Hide the table" : "Table"} of {of}
      </button>
      <div id={id} class={open ? "sheet" : "sheet folded"} role="region" aria-label={`Table of ${of}`} tabIndex={open ? 0 : -1}>{(open || printed) && make()}</div>
    </div>
  );
}

function usePrint(): boolean {
  const [printed, set] = useState(() => matchMedia("print").matches);
  useEffect(() => {
    const print = matchMedia("print");
    const told = () => set(print.matches);
    const before = () => set(true);
    print.addEventListener("change", told);
    addEventListener("beforeprint", before);
    return () => {
      print.removeEventListener("change", told);
      removeEventListener("beforeprint", before);
    };
  }, []);
  return printed;
}
