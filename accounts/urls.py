"""Addresses of signing in and of one's own profile."""

from django.urls import path

from accounts.views import entrance, profile

app_name = "accounts"
urlpatterns = [
    path("sign-in/", entrance.sign_in, name="sign_in"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("language/", profile.language, name="language"),
    path("profile/", profile.profile, name="profile"),
    path("profile/preferences/", profile.preferences, name="preferences"),
    path("profile/keys/", profile.token_issue, name="token_issue"),
    path("profile/keys/<uuid:token_id>/revoke/", profile.token_revoke, name="token_revoke"),
]
