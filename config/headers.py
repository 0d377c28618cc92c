"""What browsers are told these pages may do: load from this site alone, run no script that stands in a page."""

from django.conf import settings

NOTHING, OWN = "'none'", "'self'"
POLICY = {
    "default-src": NOTHING,
    "script-src": OWN,
    "style-src": OWN,
    "img-src": OWN,
    "connect-src": OWN,
    "font-src": OWN,
    "form-action": OWN,
    "base-uri": NOTHING,
    "frame-ancestors": NOTHING,
    "object-src": NOTHING,
}
UNUSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)


def security_headers() -> dict:
    """What stands on every answer beside what Django's own middleware sets."""
    policy = "; ".join(f"{name} {value}" for name, value in POLICY.items())
    return {
        "Content-Security-Policy": f"{policy}; upgrade-insecure-requests" if settings.IS_HTTPS else policy,
        "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
        "Cross-Origin-Resource-Policy": "same-origin",
    }


class HeadersMiddleware:
    """Stands before all others, so that also their own answers and the style sheets carry the headers."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.headers = security_headers()

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.setdefault(name, value)
        return response
