# The portal's image: one for web, worker, beat and the provisioning job; docker-compose.yml says which is which.
FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements/production.txt /requirements.txt
RUN /venv/bin/pip install --require-hashes --only-binary :all: --requirement /requirements.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 CONGRESS_MODE=production
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin congress \
    && install --directory --owner congress --mode 0700 /var/lib/congress
COPY --from=build /venv /venv
WORKDIR /srv/congress
COPY . .
# Settings insist on their variables; these exist for this one command and reach nothing.
RUN SECRET_KEY=unused FIELD_KEYS=unused DATABASE_URL=postgres:///unused REDIS_URL=redis://unused EMAIL_URL=smtp://unused \
    SITE_URL=https://unused ALLOWED_HOSTS=unused FILES_ROOT=/unused python manage.py collectstatic --noinput --verbosity 0
USER 10001
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--limit-request-line", "0", \
     "--limit-request-field_size", "65536", "congress.wsgi:application"]
