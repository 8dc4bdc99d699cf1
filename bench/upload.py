"""One 3 MB photograph through REST, beside a bare Django view that only stores it."""

import os
from base64 import b64encode
from itertools import count
from typing import Any

from bench._case import enter_case, own_database
from bench._measure import Row, medians, report

SIZE = 3_000_000
A_ROUND = 5
NOISE = os.urandom(SIZE)
NUMBERS = count()


def fresh_bytes() -> bytes:
    """Bytes nobody has sent before; drawing all of them anew would take longer than sending."""
    return next(NUMBERS).to_bytes(8, "big") + NOISE[8:]


def main() -> None:
    with own_database() as folder:
        from django.http import HttpRequest, HttpResponse
        from django.urls import path
        from django.views.decorators.csrf import csrf_exempt

        from config import urls

        @csrf_exempt
        def bare(request: HttpRequest) -> HttpResponse:
            with (folder / "bare").open("wb") as stored:
                for chunk in request.FILES["file"].chunks():
                    stored.write(chunk)
            return HttpResponse(status=201)

        urls.urlpatterns.append(path("bare/upload/", bare))
        case, lead = enter_case(exhibits=1, incidents=1, photographs=0)
        measure(case, lead)


def measure(case: Any, lead: Any) -> None:
    """Fresh bytes each time, so that nothing is stored already."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from bench.items import clients

    _browser, program = clients(lead)
    plain = Client()
    plain.force_login(lead)  # strangers may not send as much

    def photograph() -> Any:
        return SimpleUploadedFile("photo.jpg", fresh_bytes(), "image/jpeg")

    def ours() -> None:
        for _time in range(A_ROUND):
            body = {"case": str(case.pk), "file": photograph()}
            answer = program.post("/api/v1/files/", body, format="multipart")
            assert answer.status_code == 201, answer.content[:300]

    def in_one() -> None:
        """The same by tus: announcement and bytes in one request, as our own pages send it."""
        words = {"case": str(case.pk), "filename": "photo.jpg"}
        pairs = [f"{name} {b64encode(said.encode()).decode()}" for name, said in words.items()]
        told = {
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(SIZE),
            "Upload-Metadata": ",".join(pairs),
        }
        kind = "application/offset+octet-stream"
        for _time in range(A_ROUND):
            answer = program.generic(
                "POST", "/api/v1/uploads/", fresh_bytes(), content_type=kind, headers=told
            )
            assert answer.status_code == 201, answer.content[:300]

    def bare() -> None:
        for _time in range(A_ROUND):
            assert plain.post("/bare/upload/", {"file": photograph()}).status_code == 201

    taken = medians({"ours": ours, "in one": in_one, "bare": bare})
    tell("as a form", taken["ours"], taken["bare"])
    tell("by tus", taken["in one"], taken["bare"])


def tell(way: str, ours: float, bare: float) -> None:
    """One row; a round is several photographs."""
    report(
        Row(
            job=f"upload of one 3 MB photograph {way}",
            ours=ours / A_ROUND * 1000,
            baseline=bare / A_ROUND * 1000,
            unit="ms",
            target="≤ 27 ms",
            against="bare view, no hash, no sync",
            note="SHA-256, fsync, row and ledger line included",
        )
    )


if __name__ == "__main__":
    main()
