/** A table that may be wider than the page: it scrolls by itself, also by keys. */

import type { ComponentChildren } from "preact";

export function Sheet({ of, children }: { of: string; children: ComponentChildren }) {
  return <div class="sheet-box" role="region" aria-label={of} tabIndex={0}>{children}</div>;
}
