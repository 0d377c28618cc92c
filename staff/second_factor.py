"""The second factor: a code that an app on the phone shows, or one of the recovery codes."""

import time
from base64 import b32encode
from binascii import unhexlify

import segno
from django.db import transaction
from django_otp import verify_token
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from staff.models import RecoveryCode

NAME = "app"
TOLERANCE = 1  # steps of half a minute that a clock may be wrong


def device_of(user):
    """What shows this user's codes; None where they have no second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def passes(user, device, code):
    """Whether the code is the app's, or a recovery code, which then is used up."""
    if code.strip().isdecimal():
        return verify_token(user, device.persistent_id, code.strip()) is not None
    return bool(code) and RecoveryCode.objects.use(user, code)


class NewFactor:
    """A second factor that is being set up; its key is kept in the session until a code of it was typed."""

    SESSION_KEY = "second_factor_key"

    def __init__(self, request):
        self.user = request.user
        self.session = request.session
        self.key = request.session.setdefault(self.SESSION_KEY, default_key())
        self.device = TOTPDevice(user=self.user, name=NAME, key=self.key, tolerance=TOLERANCE, confirmed=True)

    @property
    def letters(self):
        """The key as the apps take it from people."""
        text = b32encode(unhexlify(self.key)).decode()
        return " ".join(text[start : start + 4] for start in range(0, len(text), 4))

    @property
    def picture(self):
        """The key for the phone's camera, as SVG without a style of its own."""
        code = segno.make(self.device.config_url, error="m")
        return code.svg_inline(scale=4, border=4, light="white", svgclass="qr", lineclass=None)

    def confirm(self, code):
        """Whether the code is right; then the factor is the user's, with new recovery codes: a list of them."""
        totp = TOTP(unhexlify(self.key))
        totp.time = time.time()
        text = code.strip()
        if not (text.isdecimal() and totp.verify(int(text), TOLERANCE)):
            return []
        self.device.last_t = totp.t()
        with transaction.atomic():
            TOTPDevice.objects.filter(user=self.user).delete()
            self.device.save()
            codes = RecoveryCode.objects.renew(self.user)
        del self.session[self.SESSION_KEY]
        return codes


@transaction.atomic
def remove(user):
    """Leave a user without a second factor; whether there was one."""
    RecoveryCode.objects.filter(user=user).delete()
    return TOTPDevice.objects.filter(user=user).delete()[0] > 0
