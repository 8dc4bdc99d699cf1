"""Settings for every deployment; what differs between them comes from the environment."""

import os
from pathlib import Path

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from config import env
from config.enums import ENUM_NAMES
from config.ledger import *  # noqa: F403
from config.peers import *  # noqa: F403
from config.schedule import CELERY_BEAT_SCHEDULE  # noqa: F401
from config.sign_in import *  # noqa: F403
from config.sign_in import SIGN_IN_APPS

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("VESTIGE_DATA", BASE_DIR / "var"))
DEBUG = env.debugging()
TLS = env.flag("TLS")
SECRET_KEY = env.secret_key()
IDENTITY_KEEPERS = env.identity_keepers()
DEFAULT_EXCEPTION_REPORTER_FILTER = "core.discretion.Discretion"
ALLOWED_HOSTS = env.hosts()
CSRF_TRUSTED_ORIGINS = env.trusted_origins()
READS_TEXT = env.flag("VESTIGE_OCR", default=True)
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", default=0)

INSTALLED_APPS = [
    "core",
    "ledger",
    "accounts",
    "catalogue",
    "investigations",
    "evidence",
    "comparison",
    "attribution",
    "workspace",
    "reports",
    "exchange",
    "config",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    *SIGN_IN_APPS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.strict_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.note_refusals",
    "accounts.middleware.ask_in_their_name",
    "accounts.middleware.speak_their_language",
    "core.limits.limit_rates",
    "core.limits.limit_bodies",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.ask_for_second_factor",
    "accounts.middleware.note_session",
    "investigations.middleware.note_guests_reading",
    "core.once.forms_act_once",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "core.templatetags.signs",
                "core.templatetags.names",
                "core.templatetags.times",
                "core.templatetags.forms",
                "accounts.templatetags.handling",
                "core.templatetags.prose",
                "investigations.templatetags.signer",
                "evidence.templatetags.fixity",
                "evidence.templatetags.assistance",
                "attribution.templatetags.told",
                "attribution.templatetags.titles",
            ],
        },
    }
]

DATABASES = {"default": {**env.database(), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
if test_database := os.environ.get("VESTIGE_TEST_DB"):
    DATABASES["default"]["TEST"] = {"NAME": test_database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.cache_address(),
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["core.formats"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", DATA_DIR / "static"))
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "evidence"), "file_permissions_mode": 0o440},
    },
    "derived": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "derived")},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if TLS  # browsers ask for brotli only over TLS, and compressing takes a while
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_NUMBER_FILES = 500
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
LONGEST_BODY = {  # bytes; what is longer is refused before it is read
    "anonymous": 64 * 1024,
    "json": 1024 * 1024,
    "bulk": 8 * 1024 * 1024,
    "form": DATA_UPLOAD_MAX_MEMORY_SIZE,
}
PEER_ROUTES = {"peers:shipments"}
UPLOAD_ROUTES = {
    *("evidence:file_receive", "evidence:intake", "exchange:table_receive"),
    *("api:files-list", "api:uploads-list", "api:uploads-detail"),
}
RATE_LIMITS = env.rate_limits(
    {  # how many requests in how many seconds; a page that costs much has a limit of its own
        "anonymous": (300, 60),
        "pages": (3000, 60),
        "api": (3000, 60),
        "refused keys": (30, 60),
        "policy_report": (60, 60),
        "api:openapi": (30, 60),
        "api:search": (120, 60),
        "api:snapshot": (30, 60),
        "evidence:file_verify": (60, 60),
        "exports": (20, 60),  # of whichever list
        "exchange:table_refused": (10, 60),
        "reports:report_request": (20, 60),
        "reports:bundle_request": (20, 60),
        **dict.fromkeys(("peers:identity", "peers:pair", "peers:recalls"), (30, 60)),
        "peers:shipments": (30, 60),
        "exchange:stix_share": (20, 60),
        "api:case-stix-stix": (20, 60),
        "api:case-stix-misp": (20, 60),
        "api:case-stix-case-uco": (20, 60),
        "api:case-stix-offer": (20, 60),
        "workspace:ledger_check": (30, 60),
        "workspace:search": (120, 60),
    }
)
FEED_WAITERS = env.number("WEB_THREADS", default=4) // 2
"""So many requests of a process may wait for news at once; the other threads serve pages."""

WEBHOOK_HOSTS = env.webhook_hosts()
WEBHOOK_PLAIN_LOOPBACK = env.plain_webhooks()
UPLOAD_STAGING = Path(os.environ.get("UPLOAD_STAGING", DATA_DIR / "staging"))
UPLOAD_LARGEST = env.number("UPLOAD_LARGEST", default=64 * 10**9)  # bytes of one file
UPLOAD_UNDER_WAY = env.number("UPLOAD_UNDER_WAY", default=256 * 10**9)  # bytes, for each person

# Redis is only the bell: jobs are rows (core.jobs), so a message may be lost, late or doubled.
CELERY_BROKER_URL = env.broker()
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 3600  # seconds; a job that hangs is killed and tried again
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "evidence.read_file": {"queue": "readings"},
    "evidence.*": {"queue": "images"},
    "reports.check_bytes": {"queue": "default"},  # nobody waits for it, as for a document
    "reports.*": {"queue": "reports"},
    "comparison.*": {"queue": "comparison"},
    "exchange.deliver": {"queue": "deliveries"},
}
CELERY_TIMEZONE = "UTC"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "accounts.permissions.KeyReaches",
    ],
    "DEFAULT_RENDERER_CLASSES": ["core.json_text.QuickRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "core.parsing.StrictJSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_PAGINATION_CLASS": "core.pagination.RecordCursor",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "core.description.DoorSchema",
    "EXCEPTION_HANDLER": "core.api.explain",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Vestige",
    "DESCRIPTION": "Cases, incidents, exhibits, components, comparisons and findings.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "DEFAULT_GENERATOR_CLASS": "exchange.description.DrawnOnce",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
    "OAS_VERSION": "3.1.0",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.description.describe_refusals",
    ],
}

# With TLS a cookie is bound to this very host and to TLS: no neighbour can set or read it.
SESSION_COOKIE_NAME = "__Host-session" if TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if TLS else "csrf"
LANGUAGE_COOKIE_NAME = "__Host-language" if TLS else "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = TLS
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORM_TARGETS = env.form_targets()
WHITENOISE_ALLOW_ALL_ORIGINS = False
SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_HSTS_PRELOAD = TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "core.security_log.JsonLine"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "security": {**env.security_log(), "formatter": "json"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "vestige.security": {"handlers": ["security"], "propagate": False},
        "django.security": {"handlers": ["security"], "propagate": False},
    },
}
