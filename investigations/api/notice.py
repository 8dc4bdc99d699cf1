"""REST: what you must learn of, and that you have seen it; nobody reads another's notices."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.models import Once
from core.rest import HandlingSerializer, RecordViewSet, StrictSerializer
from core.row_serializer import RowSerializer
from investigations import services
from investigations.filters import NoticeFilter
from investigations.models import MailChoice, Notice
from investigations.models.mail_choice import mail_goes_out


class NoticeSerializer(RowSerializer[Notice]):
    """Something to learn of: about a `request`, about another record, or about work in the case.

    `subject_kind` and `subject_id` name the record, such as `investigations.note`; `about` is what
    people call it, as far as that may be told here. `page` is where it is seen in the browser.
    """

    about = serializers.CharField(read_only=True)
    page = serializers.SerializerMethodField()
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Notice
        fields = [
            *("id", "case", "created_at", "handling", "kind", "request", "subject_kind"),
            *("subject_id", "about", "page", "seen_at"),
        ]

    def get_page(self, notice: Notice) -> str:
        return str(self.context["request"].build_absolute_uri(notice.door))


class SeenSerializer(serializers.Serializer[Any]):
    """That nothing is unread any more."""

    is_seen = serializers.BooleanField()


class MailChoiceInput(StrictSerializer):
    """Which kinds of notices come by e-mail as well; none without any."""

    kinds = serializers.ListField(child=serializers.ChoiceField(choices=Notice.Kind.choices))


class MailChoiceSerializer(serializers.Serializer[Any]):
    """What comes by e-mail as well; `is_possible` once the installation sends any."""

    kinds = serializers.ListField(child=serializers.ChoiceField(choices=Notice.Kind.choices))
    email = serializers.CharField(allow_blank=True)
    is_possible = serializers.BooleanField()


class NoticeViewSet(RecordViewSet[Notice]):
    """Your own notices, as long as you may see the cases that they are about."""

    policy = SIGNED_IN
    model = Notice
    serializer_class = NoticeSerializer
    filterset_class = NoticeFilter
    relations = ("case", "request")
    inputs = {"choose_mail": MailChoiceInput}

    @extend_schema(request=None, responses=NoticeSerializer)
    @action(detail=True, methods=["post"])
    def seen(self, request: Request, pk: str | None = None) -> Response:
        """Put one away: you have seen it."""
        return self.show(services.put_notice_away(self.get_object(), by=person(request)))

    @extend_schema(
        operation_id="notices_all_seen", request=None, responses=SeenSerializer, filters=False
    )
    @action(detail=False, methods=["post"], url_path="seen", url_name="all-seen")
    def all_seen(self, request: Request) -> Response:
        """Put away everything that you were told so far."""
        services.put_notices_away(by=person(request))
        return Response(SeenSerializer({"is_seen": True}).data)

    @extend_schema(responses=MailChoiceSerializer, filters=False)
    @action(detail=False, methods=["get"], url_path="by-mail", pagination_class=None)
    def by_mail(self, request: Request) -> Response:
        """Which of your notices come by e-mail as well."""
        return self.mail_chosen()

    @extend_schema(request=MailChoiceInput, responses=MailChoiceSerializer, filters=False)
    @by_mail.mapping.post
    def choose_mail(self, request: Request) -> Response:
        """Choose the kinds that are to come by e-mail as well; the messages name the case alone."""
        services.choose_mail(by=person(request), kinds=self.read_body(request)["kinds"])
        return self.mail_chosen()

    def mail_chosen(self) -> Response:
        """What is chosen by now."""
        you = person(self.request)
        chosen = MailChoice.objects.filter(user=you).first()
        told = {
            "kinds": chosen.kinds if chosen else [],
            "email": you.email,
            "is_possible": mail_goes_out(),
        }
        return Response(MailChoiceSerializer(told).data)

    def again(self, once: Once) -> Response:
        """A choice that was sent twice is told as it is by now."""
        return self.mail_chosen() if self.action == "choose_mail" else super().again(once)
