"""Addresses of signing in and of one's own profile."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("language/", views.language, name="language"),
    path("profile/", views.profile, name="profile"),
    path("profile/preferences/", views.preferences, name="preferences"),
    path("profile/keys/", views.token_issue, name="token_issue"),
    path("profile/keys/<uuid:token_id>/revoke/", views.token_revoke, name="token_revoke"),
]
