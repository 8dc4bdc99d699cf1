"""Seals what webhooks keep: the secrets of receivers, and the bodies of notifications.

Both lie under a key that is derived from the server's own; a former key opens them as long as it
stands in SECRET_KEY_FALLBACKS.
"""

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.sealing import Unopenable, bound, seal, unseal
from exchange.models import WebhookDelivery, WebhookReceiver

FORMAT = 1


def sealed_secret(secret: str, receiver: WebhookReceiver) -> bytes:
    """A secret as it is stored."""
    return under_server_key(secret.encode(), about_secret(receiver))


def secrets_in_use(receiver: WebhookReceiver) -> list[str]:
    """The present secret and, while it may still be in use, the former one; or Unopenable."""
    held = [bytes(receiver.secret)]
    if receiver.former_until and receiver.former_until > timezone.now():
        held.append(bytes(receiver.former_secret))
    return [with_server_key(one, about_secret(receiver)).decode() for one in held]


def sealed_body(body: bytes, delivery: WebhookDelivery) -> bytes:
    """What is sent, as it is stored."""
    return under_server_key(body, about_body(delivery))


def body_of(delivery: WebhookDelivery) -> bytes:
    """What is sent, or Unopenable."""
    return with_server_key(bytes(delivery.body), about_body(delivery))


def about_secret(receiver: WebhookReceiver) -> bytes:
    """A secret of another receiver does not open in its place."""
    return bound("secret of a webhook receiver", FORMAT, receiver.pk)


def about_body(delivery: WebhookDelivery) -> bytes:
    """Nor does the body of another delivery."""
    return bound("body of a webhook delivery", FORMAT, delivery.pk)


def under_server_key(plain: bytes, about: bytes) -> bytes:
    """Sealed under the present key."""
    return seal(plain, key=webhook_key(settings.SECRET_KEY), about=about)


def with_server_key(sealed: bytes, about: bytes) -> bytes:
    """Opened with the present key or a former one, or Unopenable."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return unseal(sealed, key=webhook_key(secret), about=about)
        except Unopenable:
            continue
    raise Unopenable


def webhook_key(secret: str | bytes) -> bytes:
    """The key of webhooks, derived from the server's own."""
    return salted_hmac("exchange.webhook", "", secret=secret, algorithm="sha256").digest()
