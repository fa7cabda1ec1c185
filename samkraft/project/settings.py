"""Django's settings. What differs between installations comes from `configuration`; the rest is decided here."""

from urllib.parse import unquote, urlsplit

from samkraft.project import configuration
from samkraft.project.configuration import PROJECT_FOLDER

HERE = configuration.read()

SECRET_KEY = HERE.secret_key
DEBUG = HERE.debug
DEMO = HERE.demo
ALLOWED_HOSTS = list(HERE.hosts)
SITE_URL = HERE.site_url

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
    "samkraft.audit",
    "samkraft.partners",
    "samkraft.initiatives",
    "samkraft.offer",
    "samkraft.money",
    "samkraft.people",
    "samkraft.knowledge",
    "samkraft.web",
    "samkraft.operations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samkraft.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "samkraft.web.sign_in.signed_in.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samkraft.web.acting.ActingMiddleware",
    "samkraft.web.sign_in.second_factor.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "samkraft.project.urls"
WSGI_APPLICATION = "samkraft.project.wsgi.application"
ASGI_APPLICATION = "samkraft.project.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_FOLDER / "samkraft" / "web" / "templates"],  # before the sign-in library's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samkraft.web.shell.describe",
            ],
        },
    }
]

_database = dict(HERE.database)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.pop("dbname", ""),
        "USER": _database.pop("user", ""),
        "PASSWORD": _database.pop("password", ""),
        "HOST": _database.pop("host", ""),
        "PORT": _database.pop("port", ""),
        # An hour: the first page over a new line takes twice as long, since the server reads all walls anew.
        "CONN_MAX_AGE": 3_600,
        "CONN_HEALTH_CHECKS": True,
        # Only what `audit.queries.statements` sends is planned once and kept; the number is how many times until then.
        "OPTIONS": {**_database, "application_name": "samkraft", "prepare_threshold": 0},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "samkraft.web.sign_in.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "samkraft.web.sign_in.parties.PartyAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the partner's administrator, never by sign-up
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "samkraft.web.sign_in.forms.SignInForm",
    "reauthenticate": "samkraft.web.sign_in.forms.ReauthenticateForm",
    "change_password": "samkraft.web.sign_in.forms.ChangePasswordForm",
}
# Wrong passwords are counted by axes, below; this limit is for guesses of the second factor. It is kept in the cache.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,10/300s/key", "summer_link": "20/h/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Samkraft"
# A code typed as its half-minute ends, or on a phone whose clock is a little off, still holds (RFC 6238, section 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_ADAPTER = "samkraft.web.sign_in.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "samkraft.web.sign_in.forms.CodeForm",
    "reauthenticate": "samkraft.web.sign_in.forms.CodeAgainForm",
    "activate_totp": "samkraft.web.sign_in.forms.ActivateCodeForm",
    "add_webauthn": "samkraft.web.sign_in.forms.AddKeyForm",
    "edit_webauthn": "samkraft.web.sign_in.forms.EditKeyForm",
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": list(HERE.sign_in_services),
        "OAUTH_PKCE_ENABLED": True,
        "provider_class": "samkraft.web.sign_in.party_service.ServiceProvider",
    }
}
SOCIALACCOUNT_LOGIN_ON_GET = False
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "samkraft.web.sign_in.adapters.address_typed"
AXES_LOCKOUT_CALLABLE = "samkraft.web.sign_in.adapters.locked_out"

# In the database: what one web process has counted, the others know. Roomy, so that nobody is crowded out by many others.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

SESSION_ENGINE = "samkraft.web.sign_in.sessions"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HERE.secure
SECURE_HSTS_SECONDS = 31_536_000 if HERE.secure else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "samkraft.web.errors.forged"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HERE.secure else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PROJECT_FOLDER / "samkraft" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

STATIC_URL = "static/"
STATIC_ROOT = PROJECT_FOLDER / ".samkraft" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # files live in the database, under its rules
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Where vacancies are read, or None: then nothing is asked of anybody.
VACANCIES = HERE.vacancies
# The address of a clamd that looks at attachments, or empty: then nobody is asked.
VIRUS_SCANNER = HERE.virus_scanner
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["samkraft.web.uploads.CappedFile"]

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if HERE.email_url
    else "django.core.mail.backends.console.EmailBackend"
)
_email = urlsplit(HERE.email_url)
EMAIL_HOST, EMAIL_PORT = _email.hostname or "localhost", _email.port or (465 if _email.scheme == "smtps" else 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_email.username or ""), unquote(_email.password or "")
EMAIL_USE_SSL = _email.scheme == "smtps"
EMAIL_USE_TLS = not EMAIL_USE_SSL and EMAIL_HOST != "localhost"  # letters hold one-time links
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = HERE.email_from

PROCRASTINATE_ON_APP_READY = "samkraft.operations.jobs.register"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
