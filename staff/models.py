"""Attempts to sign in that failed, and codes for who has lost their second factor."""

import hashlib
from datetime import timedelta
from math import ceil
from unicodedata import normalize

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from staff.codes import CODES, new_code, plain

WINDOW = timedelta(minutes=15)
MOST_OF_BOTH = 5  # of one account from one address, within the window
MOST_OF_ONE = 50  # of one account from anywhere, or from one address for any account
KEPT = timedelta(days=30)
LONGEST_ACCOUNT = 150


class FailedSignInQuerySet(models.QuerySet):
    def begin(self, account, address):
        """Note an attempt before its password is looked at, so that many at once are counted too.

        The attempt to be removed if it succeeds, and None; or None and the minutes to wait, where it may not be made.
        """
        account = normalize("NFKC", account).casefold()[:LONGEST_ACCOUNT]
        self.filter(at__lt=timezone.now() - KEPT).delete()
        attempt = self.create(account=account, address=address)
        wait = self.exclude(pk=attempt.pk).minutes_to_wait(account, address)
        if wait:
            attempt.delete()
            return None, wait
        return attempt, 0

    def minutes_to_wait(self, account, address):
        """How long until this account and address may try again; 0 if they may."""
        recent = self.filter(at__gt=timezone.now() - WINDOW)
        ends = [
            recent.filter(account=account, address=address).end_of_wait(MOST_OF_BOTH),
            recent.filter(account=account).end_of_wait(MOST_OF_ONE),
            recent.filter(address=address).end_of_wait(MOST_OF_ONE),
        ]
        seconds = [(end - timezone.now()).total_seconds() for end in ends if end]
        return ceil(max(seconds, default=0) / 60)

    def end_of_wait(self, most):
        """When fewer than `most` are left in the window; None if that is so now."""
        latest = list(self.order_by("-at").values_list("at", flat=True)[:most])
        return latest[-1] + WINDOW if len(latest) == most else None

    def forget(self, attempt):
        """Of this account and address: somebody has signed in."""
        return self.filter(account=attempt.account, address=attempt.address).delete()


class FailedSignIn(models.Model):
    """An attempt to sign in that failed, or is under way."""

    account = models.CharField(max_length=LONGEST_ACCOUNT, help_text=_("The user name that was typed."))
    address = models.CharField(
        max_length=50, blank=True, help_text=_("Where it came from; of IPv6 the network.")
    )
    at = models.DateTimeField(auto_now_add=True, help_text=_("When."))

    objects = FailedSignInQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("failed sign-in")
        default_permissions = ("view", "delete")
        indexes = [
            models.Index(fields=["account", "at"], name="staff_failed_account"),
            models.Index(fields=["address", "at"], name="staff_failed_address"),
            models.Index(fields=["at"], name="staff_failed_at"),
        ]

    def __str__(self):
        names = {"account": self.account, "address": self.address, "at": f"{self.at:%Y-%m-%d %H:%M}"}
        return gettext("%(account)s from %(address)s, %(at)s UTC") % names


class RecoveryCodeQuerySet(models.QuerySet):
    @transaction.atomic
    def renew(self, user):
        """New codes for a user in place of all old ones: to be shown now, as only their hashes are kept."""
        self.filter(user=user).delete()
        codes = [new_code() for _ in range(CODES)]
        self.bulk_create(self.model(user=user, digest=digest(code)) for code in codes)
        return codes

    def use(self, user, code):
        """Whether it is a code of this user's; it is none any more."""
        return self.filter(user=user, digest=digest(code)).delete()[0] == 1


class RecoveryCode(models.Model):
    """A code that stands in for the second factor, once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, help_text=_("Hash of the code."))

    objects = RecoveryCodeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="staff_recoverycode_once")]

    def __str__(self):
        return gettext("a code of %(user)s") % {"user": self.user}


def digest(code):
    return hashlib.sha256(plain(code).encode()).hexdigest()
