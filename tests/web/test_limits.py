"""The limit on failed look-ups."""

from __future__ import annotations

from roadcast.web import limits
from roadcast.web.limits import FailureLimit, network_of


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_so_many_failures_a_minute_and_no_more():
    clock = Clock()
    limit = FailureLimit(clock, per_minute=3)
    assert [limit.exceeded("192.0.2.1") for _ in range(5)] == [False, False, False, True, True]
    clock.now = 20  # a third of a minute empties a third of the bucket
    assert [limit.exceeded("192.0.2.1") for _ in range(2)] == [False, True]
    clock.now = 200
    assert not limit.exceeded("192.0.2.1")


def test_one_network_does_not_pay_for_another():
    limit = FailureLimit(Clock(), per_minute=1)
    assert not limit.exceeded("192.0.2.1")
    assert limit.exceeded("192.0.2.1")
    assert not limit.exceeded("192.0.2.2")


def test_a_customer_cannot_hop_through_the_addresses_of_one_network():
    limit = FailureLimit(Clock(), per_minute=1)
    assert not limit.exceeded("2001:db8:1:2::1")
    assert limit.exceeded("2001:db8:1:2:ffff::9")
    assert not limit.exceeded("2001:db8:1:3::1")


def test_networks():
    assert network_of("192.0.2.7") == "192.0.2.7"
    assert network_of("::ffff:192.0.2.7") == "192.0.2.7"
    assert network_of("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::"
    assert network_of("not an address") == ""


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(limits, "REMEMBERED", 10)
    limit = FailureLimit(Clock(), per_minute=1)
    for number in range(100):
        limit.exceeded(f"192.0.2.{number}")
    assert len(limit._buckets) == 10
    assert limit.exceeded("192.0.2.99")
    assert not limit.exceeded("192.0.2.1")  # forgotten long ago
