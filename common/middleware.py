"""What every request passes through."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from common.acting import acting
from common.models import SentForm


class ActingUserMiddleware:
    """Attribute everything a request changes to the person signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = getattr(request, "user", None)
        with acting(by=user if user and user.is_authenticated else None):
            return self.get_response(request)


class ChosenLanguageMiddleware:
    """Vietnamese, unless the person chose another language here; what the browser was installed in does not matter."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        return response


class SentOnceMiddleware:
    """A form that carries `{% once %}` takes effect one time: a double click shows the first result again.

    The key and the effect are saved in one transaction, so a form that failed can be sent again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        key = _key(request.POST.get("_once", "")) if request.method == "POST" else None
        if key is None:
            return None
        with transaction.atomic():
            sent, is_new = SentForm.objects.get_or_create(key=key)
            if not is_new:
                messages.info(request, _("This form had been sent already; it was carried out once."))
                return HttpResponseRedirect(sent.location or request.get_full_path())
            response = view(request, *args, **kwargs)
            if 300 <= response.status_code < 400:
                sent.location = response["Location"][:500]
                sent.save(update_fields=["location"])
            else:
                sent.delete()
        return response


def _key(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
