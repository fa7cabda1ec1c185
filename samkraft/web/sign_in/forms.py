"""The sign-in library's forms with our words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as codes
from allauth.mfa.webauthn import forms as keys
from django.utils.translation import gettext as _


class SignInForm(account.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "login", _("E-postadress"), autocomplete="username")
        _name(self, "password", _("Lösenord"), autocomplete="current-password")


class ReauthenticateForm(account.ReauthenticateForm):
    """The password again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "password", _("Lösenord"), autocomplete="current-password")


class ChangePasswordForm(account.ChangePasswordForm):
    """The old password and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "oldpassword", _("Lösenord nu"), autocomplete="current-password")
        help_text = _("Minst 12 tecken. Gärna fyra ord efter varandra som bara du kommer på.")
        _name(self, "password1", _("Nytt lösenord"), help_text, autocomplete="new-password")
        _name(self, "password2", _("Samma lösenord en gång till"), autocomplete="new-password")


class CodeForm(second_factor.AuthenticateForm):
    """Six digits from the telephone, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self, _("Sex siffror ur appen, eller en av dina reservkoder."))


class CodeAgainForm(second_factor.ReauthenticateForm):
    """The code again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self, _("Sex siffror ur appen, eller en av dina reservkoder."))


class ActivateCodeForm(codes.ActivateTOTPForm):
    """The first code, to see that the telephone has understood."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self, _("Sex siffror som appen visar nu."))


class AddKeyForm(keys.AddWebAuthnForm):
    """A name for the key, and whether it alone is enough."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "name", _("Vad ska nyckeln heta?"), _("Till exempel Jobbdatorn eller Nyckelknippan."))
        if "passwordless" in self.fields:
            self.fields["passwordless"].initial = True
            _name(
                self, "passwordless", _("Logga in med bara nyckeln"), _("Nyckeln frågar då efter pinkod eller finger.")
            )


class EditKeyForm(keys.EditWebAuthnForm):
    """A new name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, "name", _("Nyckelns namn"))


def _name(form: Any, field: str, label: str, help_text: str = "", **attributes: str) -> None:
    form.fields[field].label = label
    form.fields[field].help_text = help_text
    form.fields[field].widget.attrs.pop("placeholder", None)
    form.fields[field].widget.attrs.update(attributes)


def _name_code(form: Any, help_text: str) -> None:
    _name(form, "code", _("Kod"), help_text, autocomplete="one-time-code", inputmode="numeric")
