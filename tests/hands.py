"""A hand-over from end to end, as most tests need it: one hands out, the other receives."""

from evidence import services


def pass_on(item, *, to, by, **facts):
    """`by` hands out, `to` reads the seal off the package and receives."""
    handed_out = services.hand_over(item, to=to, by=by, **facts)
    received = services.receive_item(item, by=to, seal=handed_out.seal_no)
    item.refresh_from_db()
    return received
