"""Addresses of what other programs need to know."""

from django.urls import path

from exchange.views import arrival, key, reference, stix

app_name = "exchange"
urlpatterns = [
    path("api/", reference.api_reference, name="api_reference"),
    path("profile/keys/", key.key_list, name="key_list"),
    path("cases/<uuid:case_id>/stix/", stix.case_stix, name="case_stix"),
    path("cases/<uuid:case_id>/stix/share/", stix.stix_share, name="stix_share"),
    path("cases/<uuid:case_id>/stix/withdraw/", stix.stix_withdraw, name="stix_withdraw"),
    path("cases/<uuid:case_id>/stix/receive/", arrival.arrival_receive, name="arrival_receive"),
    path("arrivals/<uuid:arrival_id>/", arrival.arrival_detail, name="arrival_detail"),
    path("arrived/<uuid:arrived_id>/", arrival.arrived_detail, name="arrived_detail"),
    path("arrived/<uuid:arrived_id>/accept/", arrival.arrived_accept, name="arrived_accept"),
    path(
        "arrived/<uuid:arrived_id>/set-aside/",
        arrival.arrived_set_aside,
        name="arrived_set_aside",
    ),
]
