"""Addresses of what other programs need to know."""

from django.urls import path

from exchange.views import (
    arrival,
    delivery,
    key,
    peer,
    reference,
    shipment,
    stix,
    table,
)

app_name = "exchange"
urlpatterns = [
    path("api/", reference.api_reference, name="api_reference"),
    path("profile/keys/", key.key_list, name="key_list"),
    path("cases/<uuid:case_id>/stix/", stix.case_stix, name="case_stix"),
    path("cases/<uuid:case_id>/stix/share/", stix.stix_share, name="stix_share"),
    path("cases/<uuid:case_id>/stix/withdraw/", stix.stix_withdraw, name="stix_withdraw"),
    path("cases/<uuid:case_id>/stix/receive/", arrival.arrival_receive, name="arrival_receive"),
    path("cases/<uuid:case_id>/tables/", table.table_list, name="table_list"),
    path("cases/<uuid:case_id>/tables/receive/", table.table_receive, name="table_receive"),
    path("tables/<uuid:table_id>/", table.table_detail, name="table_detail"),
    path("tables/<uuid:table_id>/read/", table.table_read, name="table_read"),
    path("tables/<uuid:table_id>/take-map/", table.table_take_map, name="table_take_map"),
    path("tables/<uuid:table_id>/map/", table.table_map, name="table_map"),
    path("tables/<uuid:table_id>/keep-map/", table.table_keep_map, name="table_keep_map"),
    path("tables/<uuid:table_id>/write/", table.table_write, name="table_write"),
    path("tables/<uuid:table_id>/undo/", table.table_undo, name="table_undo"),
    path("tables/<uuid:table_id>/refused/", table.table_refused, name="table_refused"),
    path("profile/maps/", table.map_list, name="map_list"),
    path("profile/maps/<uuid:map_id>/forget/", table.map_forget, name="map_forget"),
    path("arrivals/<uuid:arrival_id>/", arrival.arrival_detail, name="arrival_detail"),
    path("arrived/<uuid:arrived_id>/", arrival.arrived_detail, name="arrived_detail"),
    path("arrived/<uuid:arrived_id>/accept/", arrival.arrived_accept, name="arrived_accept"),
    path(
        "arrived/<uuid:arrived_id>/set-aside/",
        arrival.arrived_set_aside,
        name="arrived_set_aside",
    ),
    path("peers/", peer.peer_list, name="peer_list"),
    path("peers/new/", peer.peer_create, name="peer_create"),
    path("peers/own-key/", peer.own_key_renew, name="own_key_renew"),
    path("peers/<uuid:peer_id>/", peer.peer_detail, name="peer_detail"),
    path("peers/<uuid:peer_id>/confirm/", peer.peer_confirm, name="peer_confirm"),
    path("peers/<uuid:peer_id>/ask/", peer.peer_ask, name="peer_ask"),
    path("peers/<uuid:peer_id>/suspend/", peer.peer_suspend, name="peer_suspend"),
    path("peers/<uuid:peer_id>/resume/", peer.peer_resume, name="peer_resume"),
    path("peers/<uuid:peer_id>/revoke/", peer.peer_revoke, name="peer_revoke"),
    path("cases/<uuid:case_id>/peers/", shipment.case_shipments, name="case_shipments"),
    path("cases/<uuid:case_id>/peers/new/", shipment.shipment_create, name="shipment_create"),
    path("shipments/<uuid:shipment_id>/", shipment.shipment_detail, name="shipment_detail"),
    path("shipments/<uuid:shipment_id>/recall/", shipment.shipment_recall, name="shipment_recall"),
    path(
        "requests/<uuid:request_id>/shipment/", shipment.shipment_approve, name="shipment_approve"
    ),
    path("deliveries/", delivery.delivery_list, name="delivery_list"),
    path("deliveries/<uuid:delivery_id>/", delivery.delivery_detail, name="delivery_detail"),
    path("deliveries/<uuid:delivery_id>/take/", delivery.delivery_take, name="delivery_take"),
    path("deliveries/<uuid:delivery_id>/verify/", delivery.delivery_verify, name="delivery_verify"),
    path("items/<uuid:item_id>/provenance/", delivery.item_provenance, name="item_provenance"),
    path("delivered/<uuid:record_id>/", delivery.delivered_detail, name="delivered_detail"),
    path("delivered/<uuid:record_id>/accept/", delivery.delivered_accept, name="delivered_accept"),
    path(
        "delivered/<uuid:record_id>/set-aside/",
        delivery.delivered_set_aside,
        name="delivered_set_aside",
    ),
]
