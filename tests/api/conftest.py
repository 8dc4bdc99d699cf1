"""Programs that speak for the cast."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from accounts import services
from accounts.models import User


@pytest.fixture
def as_program() -> Callable[[User], APIClient]:
    """A client that signs in with a fresh API key of the person given."""

    def client(user: User) -> APIClient:
        _token, key = services.issue_token(user, by=user, name="sync", days=30)
        program = APIClient()
        program.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
        return program

    return client
