"""Charts as files to save."""

from django.http import HttpResponse
from django.utils.translation import gettext

from listing.files import text

PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


def picture_file(picture, kind, name):
    """A `Picture` to save; where there is nothing to draw, a sentence."""
    if picture.spec is None:
        return text(gettext("There is nothing to draw.") + "\n", status=404)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(picture.file(kind), content_type=PICTURES[kind], headers=headers)
