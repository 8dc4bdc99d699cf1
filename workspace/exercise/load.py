"""Loads the exercise step by step; run again after an interruption, it goes on where it stopped."""

from collections.abc import Callable

from accounts.models import User
from investigations.models import Case
from workspace.exercise import (
    assertions,
    cast,
    conclusions,
    custody,
    laboratory,
    pictures,
    scene,
    testimony,
    weapons,
    weighing,
    wreck,
)
from workspace.exercise.story import exhibits, story

Step = Callable[[str, int, int], None]


def load(*, by: User, on_step: Step) -> list[tuple[str, str]]:
    """Enter the whole exercise on behalf of an administrator; return the cast and its roles.

    `on_step` is told what is being done, how many steps are done, and how many there are.
    """
    exhibits_in_all = sum(len(group) for group in exhibits().values())
    steps, done = exhibits_in_all + 9, 0

    def step(text: str) -> None:
        nonlocal done
        on_step(text, done, steps)
        done += 1

    step("People and catalogue")
    cast.admit_cast(by)
    cast.enter_world(by)
    people = {user.username: user for user, _roles in cast.members()}
    lead, analyst = people["soraya"], people["amal"]
    step("The case and its incidents")
    case = scene.open_the_case(lead)
    for key in story()["incident"]:
        incident = scene.enter_scene(case, key, by=analyst)
        for number in exhibits()[key]:
            step(f"Exhibit {number}")
            wreck.log_exhibit(case, incident, key, number, by=analyst)
        weapons.describe_weapon(incident, key, by=analyst)
    conclude(case, people, step)
    on_step("Done", steps, steps)
    return cast.cast_list()


def conclude(case: Case, people: dict[str, User], step: Callable[[str], None]) -> None:
    """Custody, comparison, hypotheses and the finding under review."""
    lead, analyst, examiner = people["soraya"], people["amal"], people["lena"]
    step("Custody")
    custody.move_exhibits(case, analyst=analyst, custodian=people["karim"], examiner=examiner)
    custody.leave_a_gap(case, analyst=analyst, custodian=people["karim"], reviewer=people["rami"])
    scene.set_tasks(case, lead=lead, analyst=analyst)
    step("A photograph: a marking read by two, and a redacted copy")
    shown = pictures.photograph_of(case)
    pictures.pin_marking(shown, analyst=analyst, second=lead)
    pictures.redact(shown, analyst=analyst, reviewer=people["rami"])
    step("Laboratory and tracing")
    laboratory.examine(case, by=analyst, examiner=examiner, second=people["tomas"])
    laboratory.trace(case, by=analyst)
    step("Comparison")
    conclusions.compare(case)
    conclusions.judge(case, examiner=examiner)
    step("Hypotheses and a finding under review")
    conclusions.suppose(case, analyst=analyst)
    conclusions.draft(case, analyst=analyst)
    step("Statements and claims")
    testimony.hear(case, analyst=analyst)
    step("Actors, and what is held of them")
    assertions.hold(case, analyst=analyst)
    step("The matrix, rated by two")
    weighing.weigh(case, analyst=analyst, lead=lead)
    conclusions.bring_to_review(case, lead=lead)
