"""The first migration of each app stands in the place of those before it, or refuses to."""

from config.management.commands.migrate import first_steps, half_way


def test_a_new_database_has_nothing_of_before() -> None:
    assert list(half_way(first_steps(), set())) == []


def test_a_database_with_all_of_before_needs_no_step() -> None:
    everything = {step for steps in first_steps().values() for step in steps}

    assert list(half_way(first_steps(), everything)) == []


def test_a_database_that_lacks_one_step_is_named_by_its_app() -> None:
    everything = {step for steps in first_steps().values() for step in steps}

    assert list(
        half_way(first_steps(), everything - {("evidence", "0026_caveats_of_recalls")})
    ) == ["evidence"]


def test_a_database_from_before_an_app_came_is_named_by_that_app() -> None:
    steps = first_steps()
    without = {step for app, before in steps.items() if app != "exchange" for step in before}

    assert list(half_way(steps, without)) == ["exchange"]
