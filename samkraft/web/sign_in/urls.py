"""Ways in and out, and one's own account. The library's pages keep its names; those not used have no address."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as codes
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as parties
from django.urls import path

from samkraft.web.sign_in import account as own_account
from samkraft.web.sign_in import (
    choices,
    entrance,
    home,
    invitation,
    leaving,
    membership,
    party_service,
    waiting,  # noqa: F401 - the lines on the demo's cards are registered when it is loaded
)
from samkraft.web.sign_in import second_factor as own_second_factor

urlpatterns = [
    path("", home.show, name="home"),
    path("logga-in/", entrance.show, name="sign_in"),
    path("logga-in/demo/", entrance.sign_in_to_demo, name="demo_sign_in"),
    path("logga-in/roll/", membership.choose, name="choose_membership"),
    path("logga-in/losenord/", account.login, name="account_login"),
    path("logga-in/kod/", second_factor.authenticate, name="mfa_authenticate"),
    path("logga-in/nyckel/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("logga-in/glomt/", invitation.ask_for_new_link, name="forgot_password"),
    path("logga-in/stangt/", account.account_inactive, name="account_inactive"),
    path("logga-in/myndighet/avbrutet/", parties.login_cancelled, name="socialaccount_login_cancelled"),
    path("logga-in/myndighet/fel/", parties.login_error, name="socialaccount_login_error"),
    path("logga-in/myndighet/<slug:provider_id>/", party_service.go, name="openid_connect_login"),
    path("logga-in/myndighet/<slug:provider_id>/svar/", party_service.come_back, name="openid_connect_callback"),
    path("valkommen/<uuid:user_id>/<str:token>/", invitation.accept, name="invitation"),
    path("logga-ut/", leaving.sign_out, name="sign_out"),
    path("logga-ut/mitt-i/", leaving.sign_out, name="account_logout"),
    path("utseende/farger/", choices.choose_colour_scheme, name="choose_colour_scheme"),
    path("utseende/sprak/", choices.choose_language, name="choose_language"),
    path("konto/", own_account.show, name="account"),
    path("konto/sakerhet/", own_account.show, name="mfa_index"),
    path("konto/andra-faktorn/", own_second_factor.show, name="second_factor"),
    path("konto/losenord/", own_account.change_password, name="account_change_password"),
    path("konto/bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("konto/bekrafta/kod/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("konto/bekrafta/nyckel/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("konto/kod/", codes.activate_totp, name="mfa_activate_totp"),
    path("konto/kod/bort/", codes.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/nycklar/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("konto/nycklar/ny/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("konto/nycklar/<int:pk>/bort/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("konto/nycklar/<int:pk>/namn/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("konto/reservkoder/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/reservkoder/nya/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("konto/reservkoder/fil/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
