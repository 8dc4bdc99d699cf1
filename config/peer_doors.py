"""Mounts what peers ask of this installation; a request to anything else beneath finds nothing."""

from django.urls import path

from exchange.views import peer_door

app_name = "peers"
urlpatterns = [
    path("identity/", peer_door.identity, name="identity"),
    path("pair/", peer_door.pair, name="pair"),
    path("shipments/", peer_door.shipments, name="shipments"),
    path("recalls/", peer_door.recalls, name="recalls"),
]
