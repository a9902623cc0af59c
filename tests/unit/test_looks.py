"""What a camera recognised, on its way from plot to evidence, beside what crews reported."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.messages.vocabulary import CLASSES, ITEM
from holdfire.track.tuning import Tuning
from support.identified import RADAR, Sky, ground, track, value, view
from support.plotted import Picture, radars, seen

if TYPE_CHECKING:
    from holdfire.messages.evidence import Evidence

CIVIL, ATTACKER, BIRD = map(CLASSES.index, ("civil", "one-way-attack-type", "bird"))
BY_TYPE, NONE_SEEN = map(ITEM["visual_load"].values.index, ("by-type", "none-seen"))
EO_IR = 2
EAST = np.array([200.0, 0.0])
GROUND = ground()

CREW = {"visual_class": CIVIL, "visual_load": NONE_SEEN, "looked_s": 985.0, "seen_as": 1 << CIVIL}
CAMERA = {"visual_class": ATTACKER, "visual_load": BY_TYPE, "seen_as": 1 << ATTACKER | 1 << BIRD}


def known(contact: dict[str, Any], visual_s: float, **camera: Any) -> Evidence:
    sky = Sky(GROUND, view())
    sky.contact(0, 1, **contact)
    return sky.at(1000, track(-30, 0, visual_s=visual_s, **camera))[0]


def test_of_a_crew_and_a_camera_the_later_look_counts_and_what_both_saw_is_kept() -> None:
    later, earlier = known(CREW, 990.0, **CAMERA), known(CREW, 980.0, **CAMERA)
    assert value(later, "visual_class") == "one-way-attack-type"
    assert value(later, "visual_load") == "by-type"
    assert later.items["visual_class"].age_s == 10.0
    assert value(earlier, "visual_class") == "civil"
    assert value(earlier, "visual_load") == "none-seen"
    for each in (later, earlier):
        assert value(each, "seen_as") == {"civil", "one-way-attack-type", "bird"}


def test_a_camera_needs_no_fighter() -> None:
    alone = known({}, 990.0, **CAMERA)
    assert value(alone, "visual_class") == "one-way-attack-type"
    assert value(alone, "status") == "state"
    assert value(known({}, 300.0, **CAMERA), "visual_class") is None  # longer ago than a look is good for


def test_a_track_that_no_camera_recognised_says_nothing_of_looks() -> None:
    assert value(known({}, 0.0, visual_class=0, seen_as=0), "visual_class") is None
    assert value(known(CREW, 999.0, seen_as=0), "visual_class") == "civil"


def flown(picture: Picture, looks: range, **other: Any) -> None:
    for look in looks:
        picture.take(4.0 * look, seen(4.0 * look, EAST * 4.0 * look, **other))


def test_a_track_takes_over_what_a_camera_recognised() -> None:
    picture = Picture(radars(4.0))
    flown(picture, range(3), kinds=1)
    (one,) = picture.used
    assert (one["visual_class"], one["visual_load"], one["visual_s"], one["seen_as"]) == (-1, -1, -inf, 0)
    flown(picture, range(3, 5), kinds=4, visual_class=BIRD, visual_load=NONE_SEEN)
    flown(picture, range(5, 7), kinds=4, visual_class=ATTACKER, visual_load=BY_TYPE)
    flown(picture, range(7, 9), kinds=4)  # detected, not recognised: it takes nothing away
    (one,) = picture.used
    assert (one["visual_class"], one["visual_load"], one["visual_s"]) == (ATTACKER, BY_TYPE, 24.0)
    assert one["seen_as"] == 1 << ATTACKER | 1 << BIRD
    assert one["kind_s"][EO_IR] == 32.0
    assert one["kind_s"][RADAR] == 8.0


@pytest.mark.parametrize("last_fed", [0, 1])
def test_duplicates_that_become_one_keep_both_looks(last_fed: int) -> None:
    picture = Picture(radars(10.0, 10.0), Tuning(squawk_other=-100.0))  # which keeps the sensors' tracks apart
    looked = {(1, 0): (BIRD, 1), (1, 1): (ATTACKER, 3)}
    for look in range(6):
        sensor = look % 2 if last_fed else 1 - look % 2
        at_s, (as_what, load) = 5.0 * look, looked.get((look // 2, sensor), (-1, -1))
        where = EAST * at_s + (0, 50 * sensor)
        picture.take(at_s, seen(at_s, where, sensor=sensor, mode_a=sensor, visual_class=as_what, visual_load=load))
    picture.take(30.0, seen(30.0, EAST * 30, mode_a=1))
    (one,) = picture.used
    latest = ATTACKER if last_fed else BIRD
    assert (one["visual_class"], one["visual_s"]) == (latest, 15.0)
    assert one["seen_as"] == 1 << ATTACKER | 1 << BIRD
