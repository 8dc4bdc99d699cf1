"""As whom a receiver reads: found out anew each time, since people and keys come to an end."""

from accounts.models import ApiToken, Scope, User
from accounts.services import lacks_second_factor
from exchange.models import WebhookReceiver
from exchange.services.cursor import Holder

Reason = WebhookReceiver.Reason


class Unfit(Exception):
    """The receiver may be told nothing any more, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def reader_of(receiver: WebhookReceiver) -> User:
    """The person as they are now, bound to the cases of the receiver's key; or Unfit."""
    user = User.objects.select_related("agency").get(pk=receiver.user_id)
    if not user.is_active or lacks_second_factor(user):
        raise Unfit(Reason.PERSON)
    if user.agency_id != receiver.agency_id:
        raise Unfit(Reason.AGENCY)
    if receiver.token_id:
        keys = ApiToken.objects.usable().filter(pk=receiver.token_id, user=user)
        token = keys.first()
        if token is None or Scope.READ not in token.scopes:
            raise Unfit(Reason.KEY)
        user.bound_to_cases = tuple(token.case_ids)
    return user


def holder_for(receiver: WebhookReceiver) -> Holder:
    """Whom the receiver's position belongs to: it opens for no other person, key or receiver."""
    return Holder(receiver.user_id, receiver.token_id, kinds=(f"webhook {receiver.pk}",))
