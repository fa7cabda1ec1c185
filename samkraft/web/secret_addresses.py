"""Pages whose address is itself the secret: personal links that open without an account."""

from django.http import HttpResponse

# Only where one is, never the path, is told on. `no-referrer` would tell less but makes browsers send `Origin: null` with
# every form, and the page's own answers are then refused as forged.
TELLS_ONLY_THE_SITE = "strict-origin"


def keep(response: HttpResponse) -> HttpResponse:
    """Mark the response so that its address is neither told on nor kept by search engines."""
    response["Referrer-Policy"] = TELLS_ONLY_THE_SITE
    response["X-Robots-Tag"] = "noindex"
    return response
