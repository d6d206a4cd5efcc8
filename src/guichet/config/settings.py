"""Settings of Guichet, all from the environment; the defaults are the embedded demonstration on one machine.

Nothing secret has a default outside the demonstration: with ``GUICHET_DEMO=0`` a missing key stops the start.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from .accounts_settings import *  # noqa: F403 - the block of allauth, kept beside its reasons

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("GUICHET_DATA", "var")).resolve()
DEMO = os.environ.get("GUICHET_DEMO", "1") == "1"
DEBUG = False
VERSION = "0.1.0"


def _secret(name: str) -> str:
    """A secret of the installation; in the demonstration it is made once and kept in the data folder."""
    value = os.environ.get(name)
    if value:
        return value
    if not DEMO:
        raise ImproperlyConfigured(f"{name} is required when GUICHET_DEMO=0")
    kept = DATA_DIR / "secrets" / name.lower()
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = kept.with_name(f"{kept.name}.{os.getpid()}")
        temporary.write_text(base64.b64encode(os.urandom(32)).decode())
        temporary.chmod(0o600)
        with contextlib.suppress(FileExistsError):  # another process made it first: its value counts
            os.link(temporary, kept)
        temporary.unlink()
    return kept.read_text().strip()


def _field_keys(text: str) -> dict[str, bytes]:
    """``id=base64,id=base64``: the first encrypts, all decrypt; a bare base64 value has the id ``k1``."""
    keys: dict[str, bytes] = {}
    for part in text.split(","):
        key_id, separator, value = part.partition(":")
        keys[key_id if separator else "k1"] = base64.b64decode(value if separator else part)
    if any(len(key) != 32 for key in keys.values()):
        raise ImproperlyConfigured("GUICHET_FIELD_KEYS: each key is 32 bytes, base64, as id:value,id:value")
    return keys


SECRET_KEY = _secret("GUICHET_SECRET_KEY")
FIELD_KEYS = _field_keys(_secret("GUICHET_FIELD_KEYS"))
BLIND_INDEX_KEY = hashlib.sha256(b"blind index" + _secret("GUICHET_INDEX_KEY").encode()).digest()
PUBLIC_URL = os.environ.get("GUICHET_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("GUICHET_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guichet.kit.apps.KitConfig",
    "guichet.gateways.mail",
    "guichet.casework",
    "guichet.people",
    "guichet.institutions",
    "guichet.documents",
    "guichet.payments",
    "guichet.orders",
    "guichet.identity",
    "guichet.portal",
    "guichet.desk",
    "guichet.api",
    "guichet.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guichet.kit.middleware.Compressed",
    "guichet.kit.middleware.ContentPolicy",
    "guichet.kit.middleware.WithoutNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "guichet.kit.typesetting.SetInFrench",
    "django.middleware.csrf.CsrfViewMiddleware",
    "guichet.people.accounts.web.middleware.AccountMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "guichet.kit.error_pages.ErrorPages",
    "guichet.kit.middleware.RefusalPages",
]

ROOT_URLCONF = "guichet.config.urls"
WSGI_APPLICATION = "guichet.config.wsgi.application"
AUTH_USER_MODEL = "people.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guichet.kit.context.site",
                "guichet.portal.context.announcement",
            ],
        },
    }
]
FORM_RENDERER = "guichet.kit.renderer.GuichetRenderer"

_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=67108864",
}
_database = dj_database_url.parse(os.environ.get("DATABASE_URL", f"sqlite:///{DATA_DIR / 'guichet.sqlite3'}"))
_database["CONN_MAX_AGE"] = 600
_database["CONN_HEALTH_CHECKS"] = True
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = _SQLITE
    _database["TEST"] = {"NAME": os.environ.get("GUICHET_TEST_SQLITE", str(DATA_DIR / "test.sqlite3"))}
DATABASES = {"default": _database}

TASKS = {"default": {"BACKEND": "guichet.casework.lease.LeaseBackend", "ENQUEUE_ON_COMMIT": False}}

LANGUAGE_CODE = "fr"
# The others follow when they are complete: half a language would mix with Django's own English sentences.
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Zurich"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
# Collected files have their digest in the name, are compressed, and may be kept by browsers for ever; ``run`` and a
# production image collect them, tests and one-off commands read them where they are.
COLLECTED = os.environ.get("GUICHET_COLLECTED_STATIC", "0" if DEMO else "1") == "1"
_collected = "guichet.kit.collected.CollectedFiles"
_in_place = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _collected if COLLECTED else _in_place},
}
WHITENOISE_USE_FINDERS = not COLLECTED
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

SECURE = not DEMO
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_ENGINE = "guichet.people.accounts.web.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_SSL_REDIRECT = SECURE and os.environ.get("GUICHET_TLS_AT_PROXY", "1") == "0"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "guichet.kit.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

PAYMENT: dict[str, Any] = {
    "base_url": os.environ.get("GUICHET_SAFERPAY_URL", "http://127.0.0.1:8091/api"),
    "customer_id": os.environ.get("GUICHET_SAFERPAY_CUSTOMER", "245294"),
    "terminal_id": os.environ.get("GUICHET_SAFERPAY_TERMINAL", "17791544"),
    "username": os.environ.get("GUICHET_SAFERPAY_USERNAME", "API_245294_00000001" if DEMO else ""),
    "password": os.environ.get("GUICHET_SAFERPAY_PASSWORD", "simulator" if DEMO else ""),
    "spec_version": "1.53",
    "means": ["VISA", "MASTERCARD", "POSTFINANCEPAY"],
    "without_liability_shift": os.environ.get("GUICHET_WITHOUT_LIABILITY_SHIFT", "void"),
    "business_licence": os.environ.get("GUICHET_SAFERPAY_BUSINESS", "0") == "1",
}
_payer_host = PAYMENT["base_url"].rsplit("/api", 1)[0]

PRODUCTION: dict[str, str] = {
    "base_url": os.environ.get("GUICHET_PRODUCTION_URL", "http://127.0.0.1:8093"),
    "token": os.environ.get("GUICHET_PRODUCTION_TOKEN", "simulator" if DEMO else ""),
}
# How long an order rests between two questions; real documents take days, those of ``run`` seconds.
PRODUCTION_SECONDS = int(os.environ.get("GUICHET_PRODUCTION_SECONDS", "600"))

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, _payer_host],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

TIMESTAMP: dict[str, Any] = {"url": os.environ.get("GUICHET_TIMESTAMP_URL", "http://127.0.0.1:8092/")}
_seal_dir = Path(os.environ.get("GUICHET_SEAL_DIR", str(DATA_DIR / "seal")))
SEAL: dict[str, Any] = {
    "key_file": os.environ.get("GUICHET_SEAL_KEY", str(_seal_dir / "seal.key.pem")),
    "certificate_file": os.environ.get("GUICHET_SEAL_CERTIFICATE", str(_seal_dir / "seal.cert.pem")),
    "chain_file": os.environ.get("GUICHET_SEAL_CHAIN", str(_seal_dir / "chain.pem")),
    "crl_dir": os.environ.get("GUICHET_SEAL_CRLS", str(_seal_dir)),
    "pkcs11": {
        "module": os.environ.get("GUICHET_PKCS11_MODULE", ""),
        "token_label": os.environ.get("GUICHET_PKCS11_TOKEN", ""),
        "key_label": os.environ.get("GUICHET_PKCS11_KEY", ""),
        "pin": os.environ.get("GUICHET_PKCS11_PIN", ""),
    },
}
STORE_DIR = Path(os.environ.get("GUICHET_STORE", str(DATA_DIR / "store")))

EMAIL_HOST = os.environ.get("GUICHET_SMTP_HOST", "127.0.0.1" if DEMO else "localhost")
EMAIL_PORT = int(os.environ.get("GUICHET_SMTP_PORT", "8094" if DEMO else "25"))
EMAIL_HOST_USER = os.environ.get("GUICHET_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GUICHET_SMTP_PASSWORD", "")
SMTP_TLS = os.environ.get("GUICHET_SMTP_TLS", "none")
EMAIL_USE_SSL = SMTP_TLS == "tls"
EMAIL_USE_TLS = SMTP_TLS not in ("none", "tls")  # a word that is none of the three never sends in the clear
EMAIL_TIMEOUT = 30
MAILBOX_DIR = DATA_DIR / "mail-simulator"  # where the demonstration's mail server keeps what it receives
DEFAULT_FROM_EMAIL = os.environ.get("GUICHET_MAIL_FROM", "ne-pas-repondre@guichet.example")

OFFICE: dict[str, Any] = {
    "code": "ocpm",
    "name": "Office cantonal de la population et des migrations",
    "canton": "République et canton de Genève",
    "address": ["Route de Chancy 88", "1213 Onex"],
    "place": "Genève",
    "contact_technical": os.environ.get("GUICHET_CONTACT_TECHNICAL", "e-demarche@etat.ge.ch"),
    "contact_substance": os.environ.get("GUICHET_CONTACT_SUBSTANCE", "ocpm@etat.ge.ch"),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"secrets": {"()": "guichet.kit.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": os.environ.get("GUICHET_LOG", "WARNING")},
}
