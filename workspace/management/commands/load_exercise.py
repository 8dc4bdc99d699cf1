"""Loads the exercise from the command line, and prints where to click."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.services import give_random_password
from core.scope import system_scope
from workspace.exercise.cast import members
from workspace.exercise.load import load
from workspace.services import note_loaded

WALK = """
Where to click:
  1. Sign in as amal (analyst) and open the case from the home page.
  2. Evidence > A-07: the gyroscope, its photograph, its custody.
  3. Comparisons > A-07 and B-07: seen before, in another theatre.
     Comparisons > Production batches: one number line across three theatres.
     Incident at Halden > Weapons found > W-001 > Compare: what links it, how old, which models fit.
  4. Sign in as tomas (examiner): judge the same pair without seeing what Lena concluded.
  5. Sign in as rami (reviewer): Findings > F-01 waits for your signature.
  6. Sign in as dana (releasing authority): release it, then make the report.
"""


class Command(BaseCommand):
    """`manage.py load_exercise`: safe to run again; passwords are printed once."""

    help = "Load the fictional exercise through the services."

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(is_superuser=True, is_active=True).order_by("date_joined").first()
        if by is None:
            raise CommandError("There is no administrator yet; run first_administrator first.")
        with system_scope("load the exercise"):
            cast = load(by=by, on_step=self.tell)
            note_loaded(cast, by=by)
        self.stdout.write("\nThe cast (passwords are shown once):")
        passwords = {user.username: self.password(user, by) for user, _roles in members()}
        for username, roles in cast:
            self.stdout.write(f"  {username:<8} {passwords[username]:<30} {roles}")
        self.stdout.write(WALK)

    def tell(self, text: str, done: int, steps: int) -> None:
        """One line for every step."""
        self.stdout.write(f"[{done}/{steps}] {text}")

    def password(self, user: User, by: User) -> str:
        """A new password for who has none; nobody's own is replaced."""
        if user.has_usable_password():
            return "(keeps the password given before)"
        return give_random_password(user, by=by)
