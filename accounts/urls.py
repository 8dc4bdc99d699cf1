"""Addresses of signing in, of one's own profile and of what guards the account."""

from django.urls import include, path, re_path

from accounts.views import confirm, entrance, factor, password, profile, session

ours = [
    path("admin/login/", entrance.administration_door, name="administration_door"),
    path("admin/password_change/", entrance.administration_password, name="own_password"),
    path("sign-in/", entrance.sign_in, name="sign_in"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("language/", profile.language, name="language"),
    path("profile/", profile.profile, name="profile"),
    path("profile/preferences/", profile.preferences, name="preferences"),
    path("profile/keys/<uuid:token_id>/revoke/", profile.token_revoke, name="token_revoke"),
    path("password/done/", password.password_done, name="password_done"),
    path("security/", factor.security, name="security"),
    path("security/sessions/", session.session_list, name="session_list"),
    path("security/sessions/revoke/", session.sessions_revoke, name="sessions_revoke"),
    path(
        "security/sessions/<int:session_id>/revoke/", session.session_revoke, name="session_revoke"
    ),
]
"""Names of ours."""

SSO = {"provider_id": "sso"}
theirs = [
    path("sign-in/", entrance.sign_in, name="account_login"),
    path("sign-in/code/", entrance.second_factor, name="mfa_authenticate"),
    path("sign-in/passkey/", entrance.passkey, name="mfa_login_webauthn"),
    path("single-sign-on/", entrance.single_sign_on, SSO, name="openid_connect_login"),
    path("single-sign-on/back/", entrance.single_sign_on_back, SSO, name="openid_connect_callback"),
    path("password/forgotten/", password.password_forgotten, name="account_reset_password"),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        password.password_choose,
        name="account_reset_password_from_key",
    ),
    path("security/", factor.security, name="mfa_index"),
    path("security/password/", password.password_change, name="account_change_password"),
    path("security/confirm/", confirm.by_password, name="account_reauthenticate"),
    path("security/confirm/code/", confirm.by_code, name="mfa_reauthenticate"),
    path("security/confirm/passkey/", confirm.by_passkey, name="mfa_reauthenticate_webauthn"),
    path("security/app/", factor.app_add, name="mfa_activate_totp"),
    path("security/app/remove/", factor.app_remove, name="mfa_deactivate_totp"),
    path("security/passkeys/new/", factor.passkey_add, name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/remove/", factor.passkey_remove, name="mfa_remove_webauthn"),
    path("security/recovery-codes/", factor.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "security/recovery-codes/renew/",
        factor.recovery_codes_renew,
        name="mfa_generate_recovery_codes",
    ),
]
"""Names by which the sign-in library leads from page to page."""

urlpatterns = [path("", include((ours, "accounts"))), *theirs]
