"""Where gunicorn meets Django."""

import os

from django.core.wsgi import get_wsgi_application

from config.policies import refuse_undeclared

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
refuse_undeclared()
