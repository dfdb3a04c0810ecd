"""How is this installation set up? Every difference comes from a typed environment reader."""

from datetime import timedelta

import structlog
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from congress.core import env
from congress.core.logs import without_address
from congress.core.names import ONE_WORD, WHOLE_NAME

MODE = env.mode()
DEMONSTRATION = MODE in {env.Mode.DEMONSTRATION, env.Mode.TEST}
BASE_DIR, LOCAL = env.BASE_DIR, env.LOCAL

SITE_NAME = "Congress"
SITE_URL = env.text("SITE_URL", hint="the address that people type, like https://congress.example").rstrip("/")
SECURE = SITE_URL.startswith("https://")
SECRET_KEY = env.text("SECRET_KEY", hint="50 random characters")
FIELD_KEYS = env.words("FIELD_KEYS", hint="Fernet keys for secrets at rest, the newest first")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", hint="host names that this portal answers to, with commas")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DEBUG = False

INSTALLED_APPS = [
    "congress.core",
    "members",
    "events",
    "notices",
    "congress.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "members.sign_in.TokenMiddleware",
    "congress.core.access.AccessMiddleware",
    "congress.costs.BudgetMiddleware",
    "members.sign_in.PresenceMiddleware",
    "members.sign_in.ChallengeMiddleware",
    "members.sign_in.RefusalStatusMiddleware",
    "congress.core.errors.ErrorMiddleware",
]

ROOT_URLCONF = "congress.urls"
WSGI_APPLICATION = "congress.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "congress.core.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "congress.home.frame",
            ],
        },
    }
]

# Two roles: `default` is the application's, which owns nothing; `owner` migrates and does nothing else.
DATABASES = {
    "default": env.database(
        env.text("DATABASE_URL", hint="postgres://congress_app:…@host/congress"),
        # Said once for each session: each search would need a transaction of its own to say it.
        session=f"-c pg_trgm.similarity_threshold={WHOLE_NAME} -c pg_trgm.word_similarity_threshold={ONE_WORD}",
        **({"pool": {"min_size": 2, "max_size": 10, "timeout": 5}} if env.flag("DATABASE_POOL") else {}),
    ),
    "owner": env.database(env.optional("DATABASE_OWNER_URL") or env.text("DATABASE_URL", hint="see above")),
}
# Without it, each connection that outlived a restart of the database costs one reader an error page.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

REDIS_URL = env.text("REDIS_URL", hint="redis://host:6379/0 or unix:///path?db=0")
CACHES = {
    "default": {
        "BACKEND": "congress.core.cache.SharedCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}

CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    # A web process does not wait for a broker that is away: sweeps find what it could not ring for.
    "max_retries": 1,
    "interval_start": 0,
    "interval_max": 0,
    "socket_timeout": 10,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 90
CELERY_TASK_SOFT_TIME_LIMIT = 75
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

globals().update(env.mail(env.text("EMAIL_URL", hint="smtp://host:25 or smtp+tls://user:password@host:587")))
EMAIL_TIMEOUT = 60
MAIL_DOMAIN = SITE_URL.split("//")[1].split(":")[0].split("/")[0]
DEFAULT_FROM_EMAIL = env.optional("MAIL_FROM") or f"Congress <no-reply@{MAIL_DOMAIN}>"

AUTH_USER_MODEL = "members.Member"
# An address is unique in any capitals, by a constraint on its lower-case form that this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["members.sign_in.MemberBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if MODE is env.Mode.TEST
    else "django.contrib.auth.hashers.Argon2PasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "landing"

ACCOUNT_ADAPTER = "members.sign_in.AccountAdapter"
ACCOUNT_FORMS = {"reset_password": "members.sign_in.ResetPasswordForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# How old the last shown factor may be before a sensitive act; and whether officers owe a passkey, which
# invented people with invented secrets can't hold.
STEP_UP_MINUTES = env.number("STEP_UP_MINUTES", 120 if MODE is env.Mode.DEMONSTRATION else 15)
OFFICER_PASSKEYS = env.flag("OFFICER_PASSKEYS", default=not DEMONSTRATION)
# Whether a browser may be remembered, so that whoever holds no role is not asked for the second factor there.
REMEMBER_BROWSERS = env.flag("REMEMBER_BROWSERS")
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "members.actions.shutting_out.PasswordLinks"  # noqa: S105 - a class
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PROXY_COUNT", 0)
MFA_ADAPTER = "members.sign_in.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "members.sign_in.SecondFactorForm",
    "login_webauthn": "members.sign_in.PasskeyForm",
    "reauthenticate": "congress.core.step_up.CodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
DEVICE_COOKIE_NAME = "__Host-device" if SECURE else "device"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "congress.core.errors.csrf_failure"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.number("PROXY_COUNT", 0) else None
# Proxies ask for these without TLS from inside.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = ["congress.core.files.upload.SpoolingHandler"]

FILES_ROOT = env.folder(
    "FILES_ROOT",
    LOCAL / "files" if DEMONSTRATION else None,
    hint="a private folder for members' files, kept in backups",
)
SCANNER_URL = env.socket_address("SCANNER_URL")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = LOCAL / "static"
# A test that asks for a file finds it then: there are thousands of clients, and each would look at all files first.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE is env.Mode.TEST
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE is env.Mode.TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# How many times the budgets of reading in core/budgets.py. Tests sweep every address with every id; whoever tries the
# demonstration turns more pages in an hour than a member does, and is stopped all the same.
READING_FACTOR = env.number("READING_FACTOR", {env.Mode.TEST: 1000, env.Mode.DEMONSTRATION: 2}.get(MODE, 1))

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAdminUser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "members.api.refuse",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Congress",
    "VERSION": "1",
    "DESCRIPTION": "The directory for programs, as far as its member sees it. What they read counts as read by them.",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SECURITY": [{"token": []}],
    "APPEND_COMPONENTS": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "members.api.add_refusals",
    ],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.stdlib.ExtraAdder(),
                without_address,
                structlog.processors.format_exc_info,
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.server": {"handlers": [], "propagate": False}},
}
