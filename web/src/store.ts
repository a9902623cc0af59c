/** A value that parts of the page watch: what is shown is a function of it. */

import { useEffect, useState } from "preact/hooks";

export interface Store<T extends object> {
  get(): T;
  set(part: Partial<T>): void;
  watch(told: () => void): () => void;
}

export function store<T extends object>(first: T): Store<T> {
  let value = first;
  const watchers = new Set<() => void>();
  return {
    get: () => value,
    set(part) {
      const names = Object.keys(part) as (keyof T)[];
      if (names.every((name) => Object.is(value[name], part[name]))) return;
      value = { ...value, ...part };
      for (const told of [...watchers]) told();
    },
    watch(told) {
      watchers.add(told);
      return () => watchers.delete(told);
    },
  };
}

/** Returns the whole value, and draws the part again whenever it changed. */
export function useStore<T extends object>(of: Store<T>): T {
  const [value, take] = useState(of.get());
  useEffect(() => {
    take(of.get());
    return of.watch(() => take(of.get()));
  }, [of]);
  return value;
}
