"""Planning: the greatest worth that fits the slot, in an order for people who may arrive early."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadcast import codec, planning
from roadcast.errors import PlanError
from roadcast.model import Airing, Announcement, Audience, Edition, Kind, Presenter, Role, Show, ShowId
from roadcast.planning import Brief, Length
from roadcast.planning.fitting import GRID, Option, fit
from roadcast.testing import make_item
from workspaces import prose

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
SHOW = Show(
    id=ShowId("s"),
    title="S",
    description="D",
    presenters=(Presenter(name="One"),),
    kinds=(
        Kind(name="update", label="Update", template="update.j2"),
        Kind(name="training", label="Training", template="training.j2", block="training", review=(1, 3, 10, 30)),
        Kind(name="story", label="Story", template="story.j2", block="story"),
    ),
    groups=frozenset({"field"}),
)
EDITION = Edition(show=SHOW.id, date=date(2026, 11, 20))


def item(slug, **matters):
    return make_item(slug, **({"published": NOW - timedelta(days=1)} | matters))


def pool(count=30, **matters):
    kinds = ("update", "training", "story")
    return [item(f"i{n:03d}", kind=kinds[n % 3], body=prose(n, 6 + n % 9), **matters) for n in range(count)]


def brief(items, *, minutes=7.0, aired=(), ordinal=1, show=SHOW):
    chosen, out = planning.candidates(show, items, aired=aired, ordinal=ordinal, now=NOW)
    return Brief(show=show, edition=EDITION, candidates=chosen, left_out=out, target=timedelta(minutes=minutes))


def measure(segment):
    """About what a voice needs: 65 ms a character."""
    words = [s.text for s in segment.variant.sentences] if segment.variant else [i.headline.text for i in segment.items]
    return Length(seconds=2.0 + 0.065 * sum(len(text) for text in words))


@pytest.mark.parametrize("minutes", [5, 7, 10])
def test_a_full_pool_fills_the_slot_to_half_a_percent(minutes):
    rundown = planning.plan(brief(pool(60), minutes=minutes), measure=measure)
    assert abs(rundown.length / rundown.target - 1) < 0.005
    assert not rundown.short


def test_a_small_pool_is_told_whole_and_called_short():
    rundown = planning.plan(brief(pool(3)), measure=measure)
    told = [e.segment for e in rundown.entries if e.segment.role is Role.ITEM]
    assert {s.variant.name for s in told} == {"full"}
    assert rundown.short
    assert rundown.length < rundown.target


def test_a_short_rundown_knows_what_was_too_long_for_it_and_by_how_much():
    speech = item("speech", recording="speech.wav", body=prose(1, 200))
    rundown = planning.plan(brief([*pool(3), speech]), measure=measure)
    assert rundown.short
    (out,) = rundown.left_out
    assert out.slug == "speech"
    assert out.least > rundown.target - rundown.length


def test_one_that_is_not_short_measures_nothing_that_it_leaves_out():
    rundown = planning.plan(brief(pool(60)), measure=measure)
    assert {out.least for out in rundown.left_out} == {None}


def test_what_an_editor_left_out_though_there_is_room_is_not_too_long():
    order = brief(pool(3))
    (first, *_) = planning.plan(order, measure=measure).segments
    rundown = planning.lay_out(order, [first], measure=measure)
    assert [out.least for out in rundown.left_out] == [None] * 3


def test_a_must_hear_item_is_always_in_however_little_it_is_worth():
    must = item("must", must_hear=True, priority=1, published=NOW - timedelta(days=60))
    rundown = planning.plan(brief([*pool(60, priority=5), must], minutes=5), measure=measure)
    assert "must" in [e.segment.name for e in rundown.entries]


@pytest.mark.parametrize("minutes", [5.0, 4.98])
def test_a_target_at_the_cap_is_filled_and_the_cap_is_kept(minutes):
    show = replace(SHOW, cap=timedelta(minutes=5))
    rundown = planning.plan(brief(pool(60), minutes=minutes, show=show), measure=measure)
    assert 0.98 * rundown.target < rundown.length <= show.cap


def test_must_hear_items_that_break_the_cap_are_named():
    show = replace(SHOW, cap=timedelta(minutes=5))
    items = [item(f"must-{n}", must_hear=True, headline="Word " * 400) for n in range(3)]
    with pytest.raises(PlanError, match="must-0, must-1, must-2"):
        planning.plan(brief(items, minutes=5, show=show), measure=measure)


def test_must_hear_items_beyond_the_target_are_told_as_shortly_as_they_can_be():
    items = [item(f"must-{n}", must_hear=True, body=prose(n, 40)) for n in range(24)]
    rundown = planning.plan(brief(items, minutes=1), measure=measure)
    told = [e.segment for e in rundown.entries if e.segment.role is Role.ITEM]
    assert len(told) == 24
    assert {s.variant.name for s in told} == {"headline"}


def test_nothing_to_tell_says_what_to_do():
    with pytest.raises(PlanError, match="add items"):
        planning.plan(brief([]), measure=measure)


@pytest.mark.parametrize(
    ("roles", "frame"),
    [
        (set(Role), [Role.OPENING, Role.CLOSING]),
        ({Role.OPENING}, [Role.OPENING]),
        ({Role.MENU, Role.CLOSING}, [Role.MENU, Role.CLOSING]),
        (set(), []),
    ],
)
def test_an_edition_has_the_frame_that_it_is_left(roles, frame):
    told = [e.segment for e in planning.plan(brief(pool(60)), measure=measure).entries if e.segment.item]
    segments = planning.framed(told, roles=roles)
    assert [s.role for s in segments if s.role is not Role.ITEM] == frame
    promised = [s.items for s in segments if s.role in (Role.OPENING, Role.MENU)]
    assert promised == ([tuple(s.item for s in told[:3]) if Role.MENU in roles else ()] if promised else [])


def test_the_order_serves_a_listener_who_arrives_early():
    items = [*pool(60), item("must", must_hear=True)]
    rundown = planning.plan(brief(items), measure=measure)
    roles = [e.segment.role for e in rundown.entries]
    assert roles[:2] == [Role.OPENING, Role.ITEM]
    assert len(rundown.entries[0].segment.items) == planning.rundowns.MENU
    assert roles[-1] is Role.CLOSING
    assert rundown.entries[1].segment.name == "must"
    kinds = [e.segment.item.kind for e in rundown.entries if e.segment.item][1:]
    order = [{"update": 1, "training": 2, "story": 3}[kind] for kind in kinds]
    assert order == sorted(order)
    assert kinds[-1] == "story"


def test_what_to_do_is_repeated_at_the_end_when_there_is_something_to_do():
    rundown = planning.plan(brief([item("a", action="Call one customer.")]), measure=measure)
    assert [e.segment.role for e in rundown.entries][-2:] == [Role.ACTIONS, Role.CLOSING]
    rundown = planning.plan(brief([item("a")]), measure=measure)
    assert Role.ACTIONS not in [e.segment.role for e in rundown.entries]


def test_the_same_inputs_give_the_same_plan_byte_for_byte():
    items = pool(50)
    first = codec.dump(planning.plan(brief(items), measure=measure))
    random.Random(1).shuffle(items)
    assert codec.dump(planning.plan(brief(items), measure=measure)) == first


def test_everything_left_out_has_a_reason():
    items = [*pool(60), item("west", audience=Audience(groups=frozenset({"west"}))), item("odd", kind="gossip")]
    rundown = planning.plan(brief(items), measure=measure)
    told = {e.segment.item.slug for e in rundown.entries if e.segment.item}
    whys = {out.slug: out.why for out in rundown.left_out}
    assert told | set(whys) == {i.slug for i in items}
    assert whys["west"] == "for west only"
    assert whys["odd"] == "the show tells no 'gossip'"
    assert all(whys.values())


def test_entries_follow_each_other_with_the_pause_between():
    rundown = planning.plan(brief(pool(20)), measure=measure)
    for one, after in zip(rundown.entries, rundown.entries[1:], strict=False):
        assert after.start == one.start + one.length + rundown.pause


# Memory


def airing(one, ordinal, **changed):
    values = {"slug": one.slug, "digest": one.digest, "date": date(2026, 11, 1), "ordinal": ordinal}
    return Airing(**(values | changed))


def announced(one, airings, ordinal):
    chosen, out = planning.candidates(SHOW, [one], aired=airings, ordinal=ordinal, now=NOW)
    return chosen[0].announcement if chosen else out[0].why


def test_an_item_that_was_told_is_not_told_again():
    one = item("a")
    assert announced(one, [airing(one, 4)], 5) == "told on 2026-11-01, unchanged"


def test_an_item_that_changed_is_announced_as_an_update():
    one = item("a")
    assert announced(one, [airing(one, 4, digest="0" * 64)], 5) is Announcement.UPDATE


@pytest.mark.parametrize(
    ("told", "now", "due"),
    [
        ([1], 2, True),
        ([1, 2], 4, False),
        ([1, 2], 5, True),
        ([1, 2, 5], 14, False),
        ([1, 2, 5], 15, True),
        ([1, 2, 5, 15], 45, True),
        ([1, 2, 5, 15, 45], 200, False),
    ],
)
def test_training_comes_back_after_1_3_10_and_30_editions(told, now, due):
    one = item("t", kind="training")
    result = announced(one, [airing(one, ordinal) for ordinal in told], now)
    assert (result is Announcement.REVIEW) == due


# Worth


def worth(**matters):
    chosen, _ = planning.candidates(SHOW, [item("x", **matters)], aired=(), ordinal=1, now=NOW)
    return chosen[0].worth


def test_worth_grows_with_priority_freshness_an_effective_date_and_fit():
    plain = worth()
    assert worth(priority=4) > plain > worth(priority=2)
    assert worth(published=NOW) > plain > worth(published=NOW - timedelta(days=30))
    assert worth(effective=NOW + timedelta(days=2)) > plain
    assert worth(effective=NOW + timedelta(days=60)) == plain
    assert worth(audience=Audience(groups=frozenset({"field"}))) > plain


# Variants


def test_variants_go_from_headline_to_full_by_whole_sentences():
    one = item("a", body=prose(1, 5), brief="In short, this.")
    lengths = planning.variants(one)
    assert [v.name for v in lengths] == ["headline", "brief", "lead-2", "lead-3", "lead-4", "full"]
    assert lengths[-1].sentences == (one.headline, *one.sentences)


def test_a_recording_is_played_whole_or_not_at_all():
    assert [v.name for v in planning.variants(item("a", recording="voice.wav"))] == ["full"]


# The knapsack, against every combination


def test_what_is_required_fits_also_where_all_lengths_are_rounded_up():
    required = [[Option(seconds=10.13, worth=1)]] * 10
    assert fit(required, required=[True] * 10, low=95, high=101) == (0,) * 10


@given(
    st.lists(
        st.tuples(st.booleans(), st.lists(st.tuples(st.integers(1, 40), st.integers(0, 50)), min_size=1, max_size=3)),
        max_size=5,
    ),
    st.integers(0, 120),
    st.integers(0, 20),
)
def test_fit_is_as_good_as_trying_everything(classes, low, width):
    options = [[Option(seconds=s * GRID, worth=float(w)) for s, w in cls] for _, cls in classes]
    required = [needed for needed, _ in classes]
    high = low + width
    picks = fit(options, required=required, low=low * GRID, high=high * GRID)
    assert all(pick is not None for pick, needed in zip(picks, required, strict=True) if needed)
    total, value = _sum(options, picks)
    ways = [
        _sum(options, way)
        for way in product(*([*([] if n else [None]), *range(len(c))] for c, n in zip(options, required, strict=True)))
    ]
    inside = [w for t, w in ways if low <= t <= high]
    if inside:
        assert low <= total <= high
        assert value == max(inside)
    elif below := [t for t, _ in ways if t < low]:
        assert total == max(below)
    else:
        assert total == min(t for t, _ in ways)


def _sum(options, picks):
    chosen = [o[p] for o, p in zip(options, picks, strict=True) if p is not None]
    return round(sum(o.seconds for o in chosen) / GRID), sum(o.worth for o in chosen)


# Repair


def slower(segment):
    return Length(seconds=measure(segment).seconds * 1.06, known=True)


def test_a_plan_that_fits_by_the_truth_is_kept():
    order = brief(pool(60))
    rundown = planning.plan(order, measure=measure)
    again = planning.repair(rundown, order, measure=lambda s: Length(seconds=measure(s).seconds * 1.004, known=True))
    assert [e.segment for e in again.entries] == [e.segment for e in rundown.entries]
    assert all(e.known for e in again.entries)


def test_a_plan_that_the_truth_breaks_is_mended():
    order = brief(pool(60))
    rundown = planning.plan(order, measure=measure)
    mended = planning.repair(rundown, order, measure=slower)
    assert abs(mended.length / mended.target - 1) < 0.01


def test_the_truth_may_not_break_the_cap_either():
    order = brief(pool(60), minutes=5, show=replace(SHOW, cap=timedelta(minutes=5)))
    rundown = planning.plan(order, measure=measure)

    def truth(segment):
        return Length(seconds=measure(segment).seconds * 1.028, known=True)

    segments = [entry.segment for entry in rundown.entries]
    assert order.show.cap < planning.lay_out(order, segments, measure=truth).length < 1.01 * order.target
    assert planning.repair(rundown, order, measure=truth).length <= order.show.cap


def test_an_item_whose_words_changed_keeps_its_place_and_so_do_the_others():
    first = brief(pool(60))
    told = planning.plan(first, measure=measure)
    kept = frozenset((e.segment.item.slug, e.segment.variant.name) for e in told.entries if e.segment.item)
    changed = next(iter(sorted(slug for slug, _ in kept)))

    def known(segment):
        """Everything was voiced, but what changed."""
        voiced = segment.item is None or (
            segment.item.slug != changed and (segment.item.slug, segment.variant.name) in kept
        )
        return replace(measure(segment), known=voiced)

    again = planning.plan(replace(first, before=told), measure=known)
    assert [e.segment for e in again.entries] == [e.segment for e in told.entries]


def told_in(rundown):
    return [entry.segment for entry in rundown.entries]


def a_little_quicker(segment):
    return Length(seconds=measure(segment).seconds * 0.995)


def test_a_plan_stays_while_another_would_be_hardly_better():
    first = brief(pool(60))
    before = planning.plan(first, measure=measure)
    assert told_in(planning.plan(first, measure=a_little_quicker)) != told_in(before)  # as there is room for more
    assert told_in(planning.plan(replace(first, before=before), measure=a_little_quicker)) == told_in(before)


@pytest.mark.parametrize("change", ["a new item", "an item less", "a higher priority", "worth", "length"])
def test_a_plan_goes_when_more_than_words_has_changed(change):
    items, show, minutes = pool(60), SHOW, 7.0
    before = planning.plan(brief(items), measure=measure)
    silent = next(n for n, one in enumerate(items) if one.slug not in {s.item.slug for s in told_in(before) if s.item})
    if change == "a new item":
        items.append(item("zzz", priority=5, body=prose(1, 4)))
    elif change == "an item less":
        items = [one for one in items if one.slug != next(s.item.slug for s in told_in(before) if s.item)]
    elif change == "a higher priority":
        items[silent] = replace(items[silent], priority=5)
    elif change == "worth":
        show = replace(SHOW, kinds=tuple(replace(kind, weight=4.0 * (kind.name == "story")) for kind in SHOW.kinds))
    else:
        minutes = 5.0
    order = replace(brief(items, show=show, minutes=minutes), before=before)
    assert told_in(planning.plan(order, measure=measure)) != told_in(before)


def test_ten_thousand_items_are_planned_from_a_shortlist():
    asked = set()

    def counted(segment):
        asked.add(segment.name)
        return measure(segment)

    planning.plan(brief(pool(10_000)), measure=counted)
    assert len(asked) <= 50


def test_an_item_longer_than_the_edition_does_not_keep_the_others_out():
    book = item("book", priority=5, body=prose(1, 400))
    rundown = planning.plan(brief([book, *pool(30)]), measure=measure)
    assert not rundown.short
    assert len(told_in(rundown)) > 3


def test_recordings_that_cannot_be_cut_leave_the_rest_of_the_edition_to_other_items():
    long = {"ceo": 540.0, "coo": 360.0, "cfo": 350.0}

    def timed(segment):
        return Length(seconds=long.get(segment.name, 0.0) or measure(segment).seconds)

    recordings = [item(slug, priority=5, recording=f"recordings/{slug}.wav") for slug in long]
    rundown = planning.plan(brief([*recordings, *pool(30)]), measure=timed)
    assert not rundown.short
    assert "no room" in {out.slug: out.why for out in rundown.left_out}["ceo"]
