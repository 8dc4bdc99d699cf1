"""Addresses of what other programs need to know."""

from django.urls import path

from exchange.views import arrival, key, reference, stix, table

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
]
