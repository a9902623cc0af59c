"""What `holdfire track` says of an air picture: as a sheet, and as data."""

from __future__ import annotations

from dataclasses import asdict
from math import isnan, pi
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.cli.output import plural
from holdfire.cli.sheet import Sheet
from holdfire.clock import format_utc
from holdfire.messages.track import Stand
from holdfire.recorded.embargo import last_s
from holdfire.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.measure.figures import Figure, Measured
    from holdfire.measure.interval import Ratio
    from holdfire.recorded.picture import Made
    from holdfire.register.registration import Bias, Estimate

_SHOWN: Final = 10
DEGREES: Final = 180 / pi
_NOTE: Final = (
    "ESASSP: measures of EUROCONTROL-SPEC-147, stated as this project understands them (grade assumed); "
    "nothing here is a statement of conformity."
)


def sheet_of(made: Made) -> Sheet:
    """Return everything that is said, in the order of the work."""
    sheet = Sheet(f"Air picture of {_origin(made)}")
    for alarm in made.followed.registration.alarms:
        sheet.say(f"WARNING: {alarm}")
    _read(sheet, made)
    _registered(sheet, made)
    _tracked(sheet, made)
    if made.measured is not None:
        _measured(sheet, made, made.measured)
    if made.written:
        sheet.heading("Written")
        sheet.say(", ".join(made.written) + f": {'simulated' if made.simulated else 'recorded'}, and each says so")
    return sheet


def _origin(made: Made) -> str:
    if made.simulated:
        return "a simulation"
    latest_s = last_s(made.recording)
    return "a recording" if latest_s is None or isnan(latest_s) else f"a recording that ends at {format_utc(latest_s)}"


def _read(sheet: Sheet, made: Made) -> None:
    recording = made.recording
    sheet.heading("Read")
    parts = (
        (recording.polar, "radar plot"),
        (recording.position, "reported position"),
        (recording.system, "system state"),
    )
    sheet.say(", ".join(plural(len(part), name) for part, name in parts))
    for name, count in recording.counts.items():
        sheet.say(f"{name}: {count}", 1)
    for bad in recording.quarantined[:_SHOWN]:
        kept = plural(len(bad.content), "byte")
        sheet.say(f"put aside: {bad.file} at {bad.offset}: {bad.reason}, {kept} kept", 1)
    if len(recording.quarantined) > _SHOWN:
        sheet.say(f"and {len(recording.quarantined) - _SHOWN} more", 1)
    for note in recording.notes:
        sheet.say(note)


def _registered(sheet: Sheet, made: Made) -> None:
    registration = made.followed.registration
    seen = set(made.recording.polar["sensor"].tolist())
    radars = [bias for place, bias in enumerate(registration.biases) if place in seen]
    if not radars:
        return
    sheet.heading("Registration")
    rows = []
    for bias in radars:
        ranged, turned = _shown(bias.range_m, 1.0, "m"), _shown(bias.azimuth_rad, DEGREES, "°")
        rows.append((bias.site, ranged, turned, _shown(bias.time_s, 1.0, "s")))
    sheet.table(("radar", "range", "azimuth", "time"), rows)
    for bias in radars:
        if bias.pairs:
            sheet.say(f"{bias.site}: {_compared(bias)}")
    for note in registration.notes:
        sheet.say(note)
    if any(bias.range_m for bias in radars):
        sheet.say("± is one standard deviation. What is beyond two of them is removed from the plots.")


def _compared(bias: Bias) -> str:
    told = f"{plural(bias.pairs, 'plot')} of {bias.aircraft} aircraft against {', '.join(bias.against)}"
    told += f", {bias.outliers} left out"
    if bias.range_sd_m is not None and bias.azimuth_sd_rad is not None:
        told += f"; one plot is good to {bias.range_sd_m:.0f} m and {bias.azimuth_sd_rad * DEGREES:.2g}°"
    return told


def _shown(estimate: Estimate | None, scale: float, unit: str) -> str:
    if estimate is None:
        return "not known"
    value = (
        f"{_round(estimate.value * scale, estimate.sd * scale)} ± {number(float(f'{estimate.sd * scale:.2g}'))} {unit}"
    )
    return value if estimate.told else "only its difference" if estimate.shared else "cannot be told"


def _round(value: float, sd: float) -> str:
    """Return a value to the second figure of its deviation."""
    places = max(0, 1 - int(np.floor(np.log10(sd)))) if sd > 0 else 3
    return f"{value:+.{places}f}"


def _tracked(sheet: Sheet, made: Made) -> None:
    history, plots = made.fused.history, made.followed.plot
    sheet.heading("Tracks")
    numbers, rows = np.unique(history["number"], return_counts=True)
    if made.asked.soft:
        sheet.say("plots are shared out by chance (soft association)")
    taken = int((made.followed.fed > 0).sum())
    sheet.say(f"{plural(len(numbers), 'track')} in {plural(len(made.followed.times_s), 'frame')}")
    sheet.say(f"plots in tracks, tentative ones among them: {taken} of {len(plots)}")
    if made.followed.unplaced:
        left = plural(made.followed.unplaced, "plot")
        sheet.say(f"not placed: {left} of a radar that nobody says the place of, or of a test transponder")
    if len(rows):
        sheet.say(f"frames in which a track is held, median: {number(float(np.median(rows)))}")
    both = np.unique(history["number"][made.fused.by == 3])
    theirs = np.setdiff1d(np.unique(history["number"][made.fused.by == 2]), both)
    if len(made.recording.system):
        sheet.say(
            f"fused with a system's track by covariance intersection: {len(both)}; a system's alone: {len(theirs)}"
        )
    coasted = int((history["stand"] == Stand.COASTED).sum())
    sheet.say(f"coasted states: {coasted} of {len(history)}")
    for what, found in (("squawk", made.squawks), ("address", made.addresses)):
        if found.value is not None:
            sheet.say(f"plots with the commonest {what} of their track: {_percent(found)}")
    nis = made.followed.nis
    if nis.value is not None:
        between = "" if nis.low is None else f" ({nis.low:.3g} to {nis.high:.3g}, {nis.blocks} tracks)"
        sheet.say(f"average NIS of position: {nis.value:.3g}{between}; 2 where all covariances are right")


def _percent(found: Ratio) -> str:
    value = 100 * (found.value or 0.0)
    if found.low is None or found.high is None:
        return f"{value:.4g} %"
    return f"{value:.4g} % ({100 * found.low:.4g} to {100 * found.high:.4g} %, {found.blocks} tracks)"


def _measured(sheet: Sheet, made: Made, measured: Measured) -> None:
    sheet.heading("Against the truth")
    sizes = f"{measured.aircraft} aircraft, {plural(measured.tracks, 'track')}, {plural(measured.frames, 'frame')}"
    sheet.say(f"Truth: {made.true}; {sizes}")
    sheet.say(f"GOSPA and OSPA with c {measured.cut_off_m:.0f} m, p {measured.power:g}, alpha {measured.alpha:g}")
    groups = dict.fromkeys(figure.group for figure in measured.figures)
    for group in groups:
        rows = [_row(figure) for figure in measured.figures if figure.group == group]
        sheet.table(("figure", "value", "95 %"), rows, title=group)
    sheet.say("An average NEES should be its dimension, 2 of a position and 4 of a state.")
    sheet.say("Intervals: aircraft, or minutes of time, drawn anew 1,000 times.")
    sheet.say(_NOTE)


def _row(figure: Figure) -> tuple[str, str, str]:
    found = figure.found
    if found.value is None:
        return figure.name, "none", ""
    unit = f" {figure.unit}" if figure.unit else ""
    if found.low is not None and found.high is not None:
        interval = f"{found.low:.4g} to {found.high:.4g}"
    elif found.affected_below is not None:
        interval = f"in none of {_drawn(figure)}"
    else:
        interval = f"too few: {_drawn(figure)}"
    return figure.name, f"{found.value:.4g}{unit}", interval


def _drawn(figure: Figure) -> str:
    """Return how many aircraft, or minutes, were there to be drawn."""
    blocks = figure.found.blocks
    return f"{blocks} aircraft" if figure.over == "aircraft" else plural(blocks, "minute")


def data_of(made: Made) -> dict[str, Any]:
    """Return the same for programs; absent is null."""
    recording, registration = made.recording, made.followed.registration
    return {
        "origin": "simulated" if made.simulated else "recorded",
        "epoch_s": None if isnan(recording.epoch_s) else recording.epoch_s,
        "read": {
            "polar": len(recording.polar), "position": len(recording.position), "system": len(recording.system),
            "counts": dict(recording.counts), "notes": list(recording.notes),
            "quarantined": [
                {"file": bad.file, "offset": bad.offset, "bytes": len(bad.content), "reason": bad.reason}
                for bad in recording.quarantined
            ],
        },
        "registration": {
            "radars": [asdict(bias) for bias in registration.biases],
            "notes": list(registration.notes), "alarms": list(registration.alarms),
        },
        "association": "soft" if made.asked.soft else "hard", "delay_s": made.asked.delay_s,
        "tracks": {
            "tracks": len(np.unique(made.fused.history["number"])), "states": len(made.fused.history),
            "frames": len(made.followed.times_s), "plots": len(made.followed.plot),
            "plots_in_tracks": int((made.followed.fed > 0).sum()), "unplaced": made.followed.unplaced,
            "squawk_purity": asdict(made.squawks), "address_purity": asdict(made.addresses),
            "average_nis": asdict(made.followed.nis),
        },
        "measured": None if made.measured is None else {
            "truth": made.true, "aircraft": made.measured.aircraft, "frames": made.measured.frames,
            "c_m": made.measured.cut_off_m, "p": made.measured.power, "alpha": made.measured.alpha,
            "figures": list(_figures(made.measured)),
        },
        "written": list(made.written),
    }  # fmt: skip


def _figures(measured: Measured) -> Iterator[dict[str, Any]]:
    for figure in measured.figures:
        yield {
            "group": figure.group, "name": figure.name, "unit": figure.unit, "meaning": figure.meaning,
            "over": figure.over, **asdict(figure.found), "expected": figure.expected,
        }  # fmt: skip
