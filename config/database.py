"""Refuses to serve with a database role that row-level security does not hold."""

import logging

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

log = logging.getLogger(__name__)
QUESTION = """SELECT rolname, rolsuper OR rolbypassrls, EXISTS (
    SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)
    FROM pg_roles WHERE rolname = current_user"""


def refuse_owner() -> None:
    """Stop a server whose role could step past the policies of the tables.

    A database that is away now is no reason to stop: it is asked for again by every request.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(QUESTION)
            name, steps_past, owns = cursor.fetchone()
    except OperationalError as away:
        log.warning("the database is away: %s", away)
        return
    finally:
        connection.close()
    if steps_past or owns:
        raise ImproperlyConfigured(
            f"DATABASE_URL signs in as {name}, whom row-level security does not hold. Name a role "
            "that is a member of vestige_app and owns nothing; give the owner's address to "
            "`migrate` alone (OWNER_DATABASE_URL). docs/operate.md, 'Database roles', says how."
        )
