"""Files as they come in, what is said of them, and where they go."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import ComponentCategory
from evidence.forms.known import exhibit_field, incident_field
from evidence.models import File
from evidence.models.vocabulary import AcquisitionMethod
from investigations.models import Case


class SeveralFiles(forms.FileInput):
    """A file control that takes any number of files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files, at least one."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Each file by itself; empty ones are told by the service, by name."""
        files: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(file, initial) for file in files or [None]]


class UploadForm(forms.Form):
    """Photographs and other files, several at once."""

    use_required_attribute = False

    upload = SeveralFilesField(label=_("Photographs and other files"), allow_empty_file=True)
    acquisition_method = forms.ChoiceField(
        label=_("Acquired by"), choices=AcquisitionMethod, initial=AcquisitionMethod.OWN_CAPTURE
    )


class CaptionForm(forms.ModelForm[File]):
    """What a picture shows."""

    class Meta:
        model = File
        fields = ["caption", "in_situ"]


class AssignForm(forms.Form):
    """The exhibit that files belong to, by its number."""

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"] = exhibit_field(case, user, label=_("Exhibit number"))


class DescribeForm(forms.ModelForm[File]):
    """What is said of all ticked files alike; what is left empty stays as it was."""

    class Meta:
        model = File
        fields = [
            *("collected_by", "place_as_stated", "taken_as_stated"),
            *("legal_basis", "acquisition_method"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        method = self.fields["acquisition_method"]
        method.required = False
        method.choices = [("", _("as it is")), *AcquisitionMethod.choices]  # type: ignore[attr-defined]
        self.initial["acquisition_method"] = ""


class NewExhibitForm(forms.Form):
    """The least that makes an exhibit of some files; the rest can be said later."""

    description = forms.CharField(label=_("Short description"), max_length=300)
    kind = forms.ModelChoiceField(
        ComponentCategory.objects.all(), label=_("Kind"), to_field_name="code"
    )

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["incident"] = incident_field(case, user, label=_("Incident"))
