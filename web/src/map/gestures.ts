/** Pan and zoom by mouse and by fingers: drag; wheel with Ctrl, or when the map has the focus; two fingers. */

export interface Moves {
  pan(x: number, y: number): void;
  /** About a point, pixels from the pane's middle. */
  zoom(factor: number, x: number, y: number): void;
  /** A click or tap, pixels from the upper left corner. */
  pick(x: number, y: number): void;
}

const STILL_PX = 5;

/** Listens to a pane until the function that it returns is called. */
export function gestures(pane: HTMLElement, moves: Moves): () => void {
  const fingers = new Map<number, { x: number; y: number }>();
  let moved = 0;
  const middle = (event: { clientX: number; clientY: number }): [number, number] => {
    const box = pane.getBoundingClientRect();
    return [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (event.pointerType === "mouse") pane.setPointerCapture(event.pointerId);
    moved = 0;
  };
  const move = (event: PointerEvent) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
    moved += Math.abs(dx) + Math.abs(dy);
    if (other) {
      const before = Math.hypot(last.x - other.x, last.y - other.y), after = Math.hypot(event.clientX - other.x, event.clientY - other.y);
      const [x, y] = middle({ clientX: (event.clientX + other.x) / 2, clientY: (event.clientY + other.y) / 2 });
      if (before > 0) moves.zoom(after / before, x, y);
      moves.pan(dx / 2, dy / 2);
    } else if (event.pointerType === "mouse" || event.pointerType === "pen") moves.pan(dx, dy);
    [last.x, last.y] = [event.clientX, event.clientY];
  };
  const up = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId) || moved > STILL_PX || event.type === "pointercancel") return;
    const box = pane.getBoundingClientRect();
    moves.pick(event.clientX - box.left, event.clientY - box.top);
  };
  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey && !pane.contains(document.activeElement)) return;
    event.preventDefault();
    moves.zoom(2 ** (-event.deltaY / 300), ...middle(event));
  };
  const heard = [["pointerdown", down], ["pointermove", move], ["pointerup", up], ["pointercancel", up]] as const;
  for (const [name, told] of heard) pane.addEventListener(name, told as EventListener);
  pane.addEventListener("wheel", wheel, { passive: false });
  return () => {
    for (const [name, told] of heard) pane.removeEventListener(name, told as EventListener);
    pane.removeEventListener("wheel", wheel);
  };
}
