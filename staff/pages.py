"""The page on which a member of staff sets up a second factor, gets new recovery codes, or gives it up."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_otp import login as note_in_session

from staff.forms import CodeForm
from staff.models import RecoveryCode
from staff.second_factor import NewFactor, device_of, passes, remove

WRONG = _("This is not the code that the app shows now. Is the phone's clock right?")
WRONG_TOO = _("This is neither the code that the app shows now nor one of your recovery codes.")
DEMANDED = _(
    "Staff of this site need a second factor: it can't be given up, only set up anew by somebody else's hand."
)


def second_factor(site, request):
    """For staff who have signed in with all that they have."""
    device = device_of(request.user) if site.is_of_staff(request) else None
    if not site.is_of_staff(request) or (device and not request.user.is_verified()):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    return _keep(site, request, device) if device else _set_up(site, request)


def _set_up(site, request):
    factor, form = NewFactor(request), CodeForm(request.POST or None)
    if form.is_valid():
        if codes := factor.confirm(form.cleaned_data["code"]):
            note_in_session(request, factor.device)
            request.session.cycle_key()
            return _page(site, request, codes=codes)
        form.add_error("code", WRONG)
    return _page(site, request, factor=factor, form=form, is_demanded=settings.REQUIRE_SECOND_FACTOR)


def _keep(site, request, device):
    form, codes = CodeForm(request.POST or None), []
    if form.is_valid():
        if "remove" in request.POST and settings.REQUIRE_SECOND_FACTOR:
            form.add_error(None, DEMANDED)
        elif not passes(request.user, device, form.cleaned_data["code"]):
            form.add_error("code", WRONG_TOO)
        elif "remove" in request.POST:
            remove(request.user)
            return _set_up_anew(site, request)
        else:
            codes = RecoveryCode.objects.renew(request.user)
    left = RecoveryCode.objects.filter(user=request.user).count()
    may_remove = not settings.REQUIRE_SECOND_FACTOR
    return _page(site, request, form=form, codes=codes, left=left, may_remove=may_remove, is_on=True)


def _set_up_anew(site, request):
    form = CodeForm()
    return _page(site, request, factor=NewFactor(request), form=form, is_removed=True)


def _page(site, request, **context):
    context |= {**site.each_context(request), "title": _("Second factor")}
    return TemplateResponse(request, "admin/second_factor.html", context)
