"""Where gunicorn meets Django."""

import os

from django.core.wsgi import get_wsgi_application

from config.database import refuse_owner
from config.policies import refuse_undeclared

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
refuse_undeclared()
refuse_owner()
