"""Signing in: user name and password, and a code where the account has a second factor."""

import time

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from staff.clients import address_of
from staff.models import FailedSignIn
from staff.second_factor import device_of, passes
from staff.sessions import BEGAN, SEEN

NO_MATCH = _(
    "This does not fit together: the user name, the password, and the code where the account has a second factor. "
    "Both names and passwords tell capitals from small letters."
)
TOO_MANY = _("There were too many attempts to sign in. Try again in {} min.")


class SignInForm(AdminAuthenticationForm):
    error_messages = {**AdminAuthenticationForm.error_messages, "invalid_login": NO_MATCH}

    code = forms.CharField(
        required=False,
        max_length=40,
        label=_("Code"),
        help_text=_("Of your second factor, if you have one: six digits, or a recovery code."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def clean(self):
        if "username" not in self.cleaned_data or "password" not in self.cleaned_data:
            return self.cleaned_data
        attempt, wait = FailedSignIn.objects.begin(self.cleaned_data["username"], address_of(self.request))
        if wait:
            raise ValidationError(TOO_MANY.format(wait), code="too_many")
        super().clean()
        self._check_code(self.get_user())
        FailedSignIn.objects.forget(attempt)
        self.request.session[BEGAN] = self.request.session[SEEN] = time.time()
        return self.cleaned_data

    def confirm_login_allowed(self, user):
        """Somebody else than staff learns no more than who has no account."""
        if not user.is_active or not user.is_staff:
            raise self.get_invalid_login_error()

    def _check_code(self, user):
        device = device_of(user)
        if device is None:
            return
        if not passes(user, device, self.cleaned_data.get("code", "")):
            raise self.get_invalid_login_error()
        user.otp_device = device  # which signing in notes in the session


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=40,
        label=_("Code"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )
